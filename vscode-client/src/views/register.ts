// The views in the side bar, and the commands on what they show.

import * as vscode from 'vscode';

import { lineOf } from '../commands/place';
import { telling } from '../commands/telling';
import type { Server } from '../server/server';
import { endpointNodes } from './endpoints';
import type { Knowledge } from './knowledge';
import type { Node } from './node';
import { gapNodes, jobNodes, modelNodes } from './parts';
import { Tree } from './tree';

export function registerViews(server: Server, knowledge: Knowledge): vscode.Disposable[] {
  let filter = '';
  const trees: Record<string, Tree> = {
    endpoints: new Tree(() => endpointNodes(knowledge.backends, filter)),
    models: new Tree(() => modelNodes(knowledge.backends)),
    jobs: new Tree(() => jobNodes(knowledge.backends)),
    gaps: new Tree(() => gapNodes(knowledge.backends)),
  };
  const views = Object.entries(trees).map(([name, treeDataProvider]) =>
    vscode.window.createTreeView(`backwright.${name}`, { treeDataProvider, showCollapseAll: true }),
  );
  const [endpoints] = views;
  const refresh = () => {
    for (const tree of Object.values(trees)) {
      tree.refresh();
    }
  };
  const setFilter = (words: string) => {
    filter = words.trim();
    if (endpoints !== undefined) {
      endpoints.description = filter === '' ? '' : `filter: ${filter}`;
    }
    void vscode.commands.executeCommand('setContext', 'backwright.filtered', filter !== '');
    trees['endpoints']?.refresh();
  };
  return [
    ...views,
    knowledge.onChange(refresh),
    vscode.commands.registerCommand('backwright.jump', telling(jump)),
    vscode.commands.registerCommand('backwright.refresh', () => knowledge.refresh()),
    vscode.commands.registerCommand('backwright.clearFilter', () => { setFilter(''); }),
    vscode.commands.registerCommand('backwright.filter', async (words?: string) => {
      const given = words ?? (await askForFilter(filter));
      if (given !== undefined) {
        setFilter(given);
      }
    }),
    vscode.commands.registerCommand('backwright.fixGap', telling((node: Node) => fixGap(server, node))),
  ];
}

async function jump(node: Node): Promise<void> {
  if (node.backend === undefined || node.place === undefined) {
    return;
  }
  const uri = vscode.Uri.joinPath(vscode.Uri.parse(node.backend.uri), node.place.file);
  const start = new vscode.Position(node.place.line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start, start) });
}

async function fixGap(server: Server, node: Node): Promise<void> {
  if (node.backend !== undefined && node.place !== undefined && node.recipe !== undefined) {
    await server.execute('backwright.run', { recipe: node.recipe, ...lineOf(node.backend, node.place) });
  }
}

function askForFilter(value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Filter endpoints',
    prompt: 'Words of method, path, handler, file or model; also guarded, unguarded, tested, untested.',
    value,
  });
}
