// Which model answers: the endpoint, its key, and one of the models that it lists.

import * as vscode from 'vscode';

import type { Status } from '../protocol';
import { askForKey } from '../server/key';
import type { Server } from '../server/server';
import { telling } from './telling';

export function registerModel(server: Server, secrets: vscode.SecretStorage): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('backwright.setApiKey', telling(async () => {
      if (await askForKey(secrets)) {
        await server.restart();
      }
    })),
    vscode.commands.registerCommand('backwright.chooseEndpoint', telling(() => chooseEndpoint(server))),
    vscode.commands.registerCommand('backwright.chooseModel', telling(() => chooseModel(server))),
  ];
}

const LOCAL = [
  { label: 'http://localhost:11434/v1', description: 'Ollama' },
  { label: 'http://localhost:1234/v1', description: 'LM Studio' },
  { label: 'http://localhost:8080/v1', description: 'llama.cpp' },
  { label: 'http://localhost:8000/v1', description: 'vLLM' },
];
const OFFLINE = { label: 'No model', description: 'built-in templates answer, offline' };
const OTHER = { label: 'Another address…' };

async function chooseEndpoint(server: Server): Promise<void> {
  const chosen = await vscode.window.showQuickPick([OFFLINE, ...LOCAL, OTHER], {
    title: 'Backwright: endpoint',
    placeHolder: 'Any OpenAI-compatible endpoint',
  });
  if (chosen === undefined) {
    return;
  }
  const address = chosen === OFFLINE ? '' : chosen === OTHER ? await askForAddress() : chosen.label;
  if (address !== undefined) {
    await set('model.baseUrl', address);
    await set('model.name', '');
    if (address !== '') {
      await chooseModel(server, address);
    }
  }
}

function askForAddress(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Backwright: endpoint',
    prompt: 'Its base URL, such as https://host/v1',
    validateInput: (value) => (/^https?:\/\/\S+$/.test(value.trim()) ? undefined : 'It begins with http:// or https://'),
  });
}

/** `address` is the endpoint that was chosen just now: the server hears of it a moment later. */
async function chooseModel(server: Server, address?: string): Promise<void> {
  if (address !== undefined) {
    await heard(server, address);
  }
  const status = await server.request<Status>('backwright/status');
  if (!status.configured) {
    throw new Error('There is no endpoint yet: “Backwright: Choose Endpoint…” names one.');
  }
  const { models, fault } = await server.request<{ models: string[]; fault: string }>('backwright/models');
  if (fault !== '') {
    throw new Error(fault);
  }
  const first = { label: 'The first that the endpoint lists', name: '' };
  const items = [first, ...models.map((name) => ({ label: name, name }))];
  const chosen = await vscode.window.showQuickPick(items, { title: `Backwright: model at ${status.endpoint}` });
  if (chosen !== undefined) {
    await set('model.name', chosen.name);
  }
}

async function heard(server: Server, address: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const status = await server.request<Status>('backwright/status');
    if (status.endpoint === address) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The setting of the person; an empty one is taken away. */
async function set(name: string, value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('backwright');
  await configuration.update(name, value === '' ? undefined : value, vscode.ConfigurationTarget.Global);
}
