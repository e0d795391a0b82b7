// What goes wrong: a text that has changed meanwhile, a server that dies, an endpoint that is down.

import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';

import type { Report } from '../src/protocol';
import { at, extension, opened } from './project';
import { test, until } from './suite';

const ROUTER = 'app/routers/auth.py';

async function run(document: vscode.TextDocument, recipe: string): Promise<Report> {
  const { line, character } = at(document, 'def sign_in');
  const place = { recipe, uri: document.uri.toString(), position: { line, character } };
  return vscode.commands.executeCommand<Report>('backwright.run', place);
}

async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('backwright').update(name, value, vscode.ConfigurationTarget.Global);
}

test('a text that is typed in meanwhile is never overwritten', async () => {
  await extension();
  const document = await opened(ROUTER);
  await until('it is read', async () => (await lenses(document)) > 0);
  const limited = run(document, 'add-rate-limiting');
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), '# typed meanwhile\n');
  await vscode.workspace.applyEdit(edit);
  const report = await limited;
  assert.equal(report.status, 'refused', report.summary);
  assert.match(document.getText(), /^# typed meanwhile\n/);
  await vscode.commands.executeCommand('workbench.action.files.revert');
});

test('a server that dies is started again', async () => {
  const { server } = await extension();
  const before = pids();
  assert.ok(before.length > 0);
  for (const pid of before) {
    process.kill(pid, 'SIGKILL');
  }
  const document = await opened(ROUTER);
  await until('another process', () => pids().some((it) => !before.includes(it)));
  await until('it answers', async () => (await lenses(document)) > 0);
  assert.equal(server.phase, 'running');
});

test('an endpoint that is down is told in one line, and changes nothing', async () => {
  const { status } = await extension();
  const document = await opened(ROUTER);
  const before = document.getText();
  await set('model.baseUrl', 'http://127.0.0.1:9/v1');
  await until('the status bar says that a model answers', () => status.item.text.includes('model'));
  const report = await run(document, 'add-rate-limiting');
  assert.equal(report.status, 'failed');
  assert.match(report.summary, /127\.0\.0\.1:9/);
  assert.equal(document.getText(), before);
  await set('model.baseUrl', undefined);
  await until('templates answer again', () => status.item.text.includes('offline'));
});

test('only what a person has set goes to the server', async () => {
  const { server } = await extension();
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const file = vscode.Uri.joinPath(folder.uri, 'backwright.toml');
  await vscode.workspace.fs.writeFile(file, Buffer.from('[model]\nname = "of-the-project"\n'));
  const named = async () => (await server.request<{ model: string }>('backwright/status')).model;
  await until('the default of the editor does not hide it', async () => (await named()) === 'of-the-project');
  await set('model.name', 'of-the-person');
  await until('what is set does', async () => (await named()) === 'of-the-person');
  await set('model.name', undefined);
  await vscode.workspace.fs.delete(file);
});

async function lenses(document: vscode.TextDocument): Promise<number> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
  return found.length;
}

/** The processes of the server that this extension host has started. */
function pids(): number[] {
  const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' }).split('\n');
  return lines.filter((it) => it.includes('backwright serve')).map((it) => Number.parseInt(it.trim(), 10));
}
