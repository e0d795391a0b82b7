// Requests in free words: a new one, with those of before to choose from, or a follow-up on the last
// result.

import * as vscode from 'vscode';

import type { Report } from '../protocol';
import type { Server } from '../server/server';
import { cursor } from './place';
import { telling } from './telling';

const HISTORY = 'backwright.requests';
const MOST = 30;

export function registerRequests(server: Server, state: vscode.Memento): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('backwright.ask', telling((words?: string) => ask(server, state, words))),
    vscode.commands.registerCommand('backwright.followUp', telling((words?: string) => followUp(server, words))),
  ];
}

async function ask(server: Server, state: vscode.Memento, words?: string): Promise<Report | undefined> {
  const history = state.get<string[]>(HISTORY, []);
  const request = words ?? (await chosenRequest(history));
  if (request === undefined || request === '') {
    return undefined;
  }
  await state.update(HISTORY, [request, ...history.filter((it) => it !== request)].slice(0, MOST));
  return server.execute<Report>('backwright.generate', { request, ...cursor(server) });
}

async function followUp(server: Server, words?: string): Promise<Report | undefined> {
  const request =
    words ??
    (await vscode.window.showInputBox({
      title: 'Refine the last result',
      prompt: 'What should be different? Such as “10 a minute instead”.',
    }));
  return request === undefined || request.trim() === ''
    ? undefined
    : server.execute<Report>('backwright.refine', { request: request.trim() });
}

/** What is typed, or a request of before. */
function chosenRequest(history: string[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.title = 'What is wanted?';
  pick.placeholder = 'Such as “limit POST /auth/login to 5 requests a minute”';
  const before = history.map((label) => ({ label, iconPath: new vscode.ThemeIcon('history') }));
  const show = () => {
    const typed = pick.value.trim();
    const own = typed === '' || history.includes(typed) ? [] : [{ label: typed, alwaysShow: true }];
    pick.items = [...own, ...before];
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.label ?? pick.value.trim());
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    show();
    pick.show();
  });
}
