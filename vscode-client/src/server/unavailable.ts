// Why the server can't be started, and what a person may do about it.

import * as vscode from 'vscode';

/** What a person may do: each is a button of the message. */
export type Remedy = 'retry' | 'choosePython' | 'getPython' | 'showLog';

/** The message is for people: one or two sentences that say what is missing. */
export class Unavailable extends Error {
  constructor(
    message: string,
    readonly remedies: readonly Remedy[],
  ) {
    super(message);
    this.name = 'Unavailable';
  }
}

/** Shows the message with its buttons, and does what is chosen. */
export async function tellUnavailable(
  fault: Unavailable,
  act: { retry: () => void; showLog: () => void },
): Promise<void> {
  const buttons = fault.remedies.map((it) => TITLES[it]);
  const chosen = await vscode.window.showErrorMessage(`Backwright: ${fault.message}`, ...buttons);
  switch (chosen) {
    case TITLES.retry:
      act.retry();
      break;
    case TITLES.showLog:
      act.showLog();
      break;
    case TITLES.choosePython:
      await choosePython();
      break;
    case TITLES.getPython:
      await vscode.env.openExternal(vscode.Uri.parse('https://www.python.org/downloads/'));
      break;
  }
}

/** The setting changes, and with it the server is started again. */
async function choosePython(): Promise<void> {
  const [file] = (await vscode.window.showOpenDialog({ title: 'The Python (3.11 or newer) for Backwright' })) ?? [];
  if (file !== undefined) {
    const configuration = vscode.workspace.getConfiguration('backwright');
    await configuration.update('server.python', file.fsPath, vscode.ConfigurationTarget.Global);
  }
}

const TITLES: Record<Remedy, string> = {
  retry: 'Try Again',
  choosePython: 'Choose Python…',
  getPython: 'Get Python',
  showLog: 'Show Log',
};
