// The views: what they show of the sample, and what can be done from them.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Backend, Report, Route } from '../src/protocol';
import { endpointNodes } from '../src/views/endpoints';
import type { Node } from '../src/views/node';
import { gapNodes, jobNodes, modelNodes } from '../src/views/parts';
import { Tree } from '../src/views/tree';
import { extension } from './project';
import { test, until } from './suite';

async function known(): Promise<readonly Backend[]> {
  const { knowledge } = await extension();
  await until('something is known', () => knowledge.backends.some((it) => it.routes.length > 0));
  return knowledge.backends;
}

function flat(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((it) => [it, ...flat(it.children ?? [])]);
}

test('the endpoints are a tree of paths and methods', async () => {
  const backends = await known();
  const nodes = endpointNodes(backends, '');
  const path = nodes.find((it) => it.label === '/api/v1/machines');
  const methods = path?.children ?? [];
  assert.deepEqual(methods.map((it) => it.label), ['GET', 'POST']);
  const [, post] = methods;
  assert.match(post?.description ?? '', /create_machine · guarded · no rate limit · 3 tests/);
  assert.match(post?.spoken ?? '', /POST \/api\/v1\/machines, guarded/);
  const routes = backends.flatMap((it) => it.routes);
  assert.equal(flat(nodes).filter((it) => it.kind === 'route').length, routes.length);
});

test('a filter leaves what fits', async () => {
  const backends = await known();
  const untested = flat(endpointNodes(backends, 'untested delete')).filter((it) => it.kind === 'route');
  assert.deepEqual(untested.map((it) => it.label), ['DELETE']);
  assert.deepEqual(endpointNodes(backends, 'no such thing'), []);
});

test('models, jobs and gaps are listed', async () => {
  const backends = await known();
  const machine = modelNodes(backends).find((it) => it.label === 'Machine');
  assert.ok(machine?.children?.some((it) => it.icon === 'key'));
  assert.equal(jobNodes(backends).length, backends.flatMap((it) => it.jobs).length);
  const gaps = gapNodes(backends);
  assert.ok(gaps.some((it) => it.label === 'No rate limit'), gaps.map((it) => it.label).join());
});

test('every item has an id of its own', async () => {
  const backends = await known();
  const tree = new Tree(() => endpointNodes(backends, ''));
  const ids: (string | undefined)[] = [];
  const walk = (node?: Node) => {
    for (const child of tree.getChildren(node)) {
      ids.push(tree.getTreeItem(child).id);
      walk(child);
    }
  };
  walk();
  assert.equal(new Set(ids).size, ids.length);
});

test('an item leads to its code', async () => {
  const node = flat(endpointNodes(await known(), 'create_machine')).find((it) => it.kind === 'route');
  await vscode.commands.executeCommand('backwright.jump', node);
  const editor = vscode.window.activeTextEditor;
  assert.equal(vscode.workspace.asRelativePath(editor?.document.uri ?? ''), 'app/routers/machines.py');
  assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /def create_machine/);
});

test('a recipe runs from the menu of an endpoint, without a cursor there', async () => {
  const node = flat(endpointNodes(await known(), 'read_me')).find((it) => it.kind === 'route');
  const report = await vscode.commands.executeCommand<Report>('backwright.recipe.generate-tests', node);
  assert.equal(report.status, 'applied', report.summary);
  for (const { path } of report.files) {
    const [uri] = await vscode.workspace.findFiles(path);
    assert.ok(uri);
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
});

test('what is typed reaches the views', async () => {
  const { knowledge } = await extension();
  const [uri] = await vscode.workspace.findFiles('app/routers/auth.py');
  assert.ok(uri);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, '\n\n@router.get("/typed")\ndef typed(): ...\n');
  await vscode.workspace.applyEdit(edit);
  const has = () => knowledge.backends.some((it) => it.routes.some((route) => route.path === '/api/v1/auth/typed'));
  await until('the new endpoint', has);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await until('it is gone', () => !has());
});

test('the map opens beside the code', async () => {
  await vscode.commands.executeCommand('backwright.openMap');
  await until('its tab', () => vscode.window.tabGroups.all.some((group) => group.tabs.some((it) => it.label === 'Backend Map')));
});

test('the status bar says that templates answer', async () => {
  const { status } = await extension();
  await until('offline', () => status.item.text.includes('offline'));
});

test('a thousand routes are nodes in no time', async () => {
  const [backend] = await known();
  const [route] = backend?.routes ?? [];
  assert.ok(backend && route);
  const routes: Route[] = Array.from({ length: 1000 }, (_, number) => ({ ...route, path: `/r/${number}` }));
  const begun = performance.now();
  const tree = new Tree(() => endpointNodes([{ ...backend, routes }], ''));
  const items = tree.getChildren().map((it) => tree.getTreeItem(it));
  console.log(`     ${items.length} paths in ${(performance.now() - begun).toFixed(1)} ms`);
  assert.equal(items.length, 1000);
});
