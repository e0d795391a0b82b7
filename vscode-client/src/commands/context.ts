// Shows exactly what a model would be sent for the place at the cursor.

import * as vscode from 'vscode';

import type { Recipe } from '../protocol';
import type { Server } from '../server/server';
import { cursor } from './place';
import { telling } from './telling';

const SCHEME = 'backwright-context';

export function registerContext(server: Server): vscode.Disposable[] {
  const texts = new Map<string, string>();
  const show = telling(async (): Promise<void> => {
    const at = cursor(server);
    if (at === undefined) {
      throw new Error('Put the cursor into a file of the project first.');
    }
    const recipe = await chosenRecipe(server);
    if (recipe === undefined) {
      return;
    }
    const text = await server.execute<string>('backwright.showContext', { ...at, recipe });
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${recipe}: what a model would be sent.md` });
    texts.set(uri.toString(), text);
    changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  return [
    new vscode.Disposable(() => { changed.dispose(); }),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    vscode.commands.registerCommand('backwright.openContext', show),
  ];
}

async function chosenRecipe(server: Server): Promise<string | undefined> {
  const recipes = await server.request<Recipe[]>('backwright/recipes');
  const items = recipes.map((it) => ({ label: it.title, description: it.id, detail: it.summary }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'What a model would be sent', placeHolder: 'For which recipe?' });
  return chosen?.description;
}
