// The main job in VS Code, on the FastAPI sample.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Report } from '../src/protocol';
import { actions, at, extension, opened, pick, undo } from './project';
import { test, until } from './suite';

const ROUTER = 'app/routers/auth.py';
const SIGN_IN = 'def sign_in';

test('the server runs, and has the version of the extension', async () => {
  const { server, activation } = await extension();
  console.log(`     activated in ${activation.toFixed(1)} ms`);
  const { version } = await server.request<{ version: string }>('backwright/status');
  const manifest = vscode.extensions.getExtension('backwright.backwright')?.packageJSON as { version: string };
  assert.equal(version, manifest.version);
});

test('every recipe has a command', async () => {
  const { server } = await extension();
  const recipes = await server.request<{ id: string }[]>('backwright/recipes');
  const commands = await vscode.commands.getCommands(true);
  assert.ok(recipes.length > 5);
  for (const { id } of recipes) {
    assert.ok(commands.includes(`backwright.recipe.${id}`), id);
  }
});

test('the light bulb limits an endpoint, undo takes it back', async () => {
  const document = await opened(ROUTER);
  const before = document.getText();
  const found = await until('actions', async () => {
    const offered = await actions(document, SIGN_IN);
    return offered.length > 0 ? offered : undefined;
  });
  const limit = found.find((it) => it.kind?.value === 'refactor.backwright.add-rate-limiting');
  assert.ok(limit, found.map((it) => it.title).join());
  const report = (await pick(limit)) as Report;
  assert.equal(report.status, 'applied', report.summary);
  assert.match(document.getText(), /limiter\.limit/);
  await undo(document);
  await until('undone', () => document.getText() === before);
});

test('a hover tells what is known, with a link that runs the recipe', async () => {
  const document = await opened(ROUTER);
  const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at(document, 'sign_in'),
  );
  const [content] = hover?.contents ?? [];
  assert.ok(content instanceof vscode.MarkdownString);
  assert.match(content.value, /POST \/api\/v1\/auth\/token/);
  assert.match(content.value, /\]\(command:backwright\.run\?/);
  assert.deepEqual((content.isTrusted as { enabledCommands: string[] }).enabledCommands, ['backwright.run']);
});

test('lenses and hints say what an endpoint has and lacks', async () => {
  const document = await opened(ROUTER);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  const titles = lenses.map((it) => it.command?.title ?? '');
  assert.ok(titles.some((it) => it.startsWith('no rate limit')), titles.join());
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
  assert.ok(hints.some((it) => JSON.stringify(it.label).includes('/api/v1/auth/token')));
});

test('a palette command runs a recipe at the cursor', async () => {
  const document = await opened('app/routers/bookings.py');
  const place = at(document, 'def reschedule_booking');
  (vscode.window.activeTextEditor as vscode.TextEditor).selection = new vscode.Selection(place, place);
  const before = await tests();
  const report = await vscode.commands.executeCommand<Report>('backwright.recipe.generate-tests');
  assert.equal(report.status, 'applied', report.summary);
  assert.ok(report.files.length > 0);
  for (const { path } of report.files) {
    const changed = await opened(path);
    assert.ok(changed.isDirty || !before.includes(path), path);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
});

async function tests(): Promise<string[]> {
  const found = await vscode.workspace.findFiles('tests/**');
  return found.map((it) => vscode.workspace.asRelativePath(it));
}
