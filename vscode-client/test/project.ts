// The sample project that is open, as tests see it.

import * as vscode from 'vscode';

import type { Extension } from '../src/extension';
import { until } from './suite';

export async function extension(): Promise<Extension> {
  const found = vscode.extensions.getExtension<Extension>('backwright.backwright');
  if (found === undefined) {
    throw new Error('the extension is not installed');
  }
  const running = await found.activate();
  await until('the server runs', () => running.server.phase === 'running');
  return running;
}

/** Opens a file of the project as it is on the disk. */
export async function opened(file: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) {
    throw new Error('no folder is open');
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Where `words` begin. */
export function at(document: vscode.TextDocument, words: string): vscode.Position {
  const index = document.getText().indexOf(words);
  if (index < 0) {
    throw new Error(`${document.fileName} does not say ${words}`);
  }
  return document.positionAt(index);
}

export async function actions(document: vscode.TextDocument, words: string, kind?: string): Promise<vscode.CodeAction[]> {
  const place = at(document, words);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(place, place),
    kind,
  );
}

/** Does what a click on the action does. */
export async function pick(action: vscode.CodeAction): Promise<unknown> {
  const { command } = action;
  if (command === undefined) {
    throw new Error(`${action.title} has no command`);
  }
  return vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

export async function undo(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('undo');
}
