// Without a Python there is a message, and the rest of VS Code goes on.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Extension } from '../src/extension';
import { findPython } from '../src/server/python';
import { Unavailable } from '../src/server/unavailable';
import { test, until } from './suite';

test('the extension says that it has no server', async () => {
  const found = vscode.extensions.getExtension<Extension>('backwright.backwright');
  const { server, status } = (await found?.activate()) as Extension;
  await until('it has tried', () => server.phase === 'unavailable');
  assert.match(JSON.stringify(status.item.tooltip), /not running/);
  await vscode.commands.executeCommand('backwright.followUp', 'another limit');
});

test('the message names what is missing', async () => {
  await assert.rejects(findPython('/no/such/python'), (fault: unknown) => {
    assert.ok(fault instanceof Unavailable);
    assert.match(fault.message, /\/no\/such\/python can't be used.*3\.11 or newer/);
    assert.ok(fault.remedies.includes('choosePython'));
    return true;
  });
});

test('a Python without its venv module, and one that is too old, are told apart', async () => {
  const said = async (text: string) => {
    const folder = vscode.Uri.file(process.env['BACKWRIGHT_SCRATCH'] ?? '');
    const script = vscode.Uri.joinPath(folder, `python-${Math.random().toString(36).slice(2)}`);
    await vscode.workspace.fs.writeFile(script, Buffer.from(`#!/bin/sh\necho "${text}" >&2\nexit 1\n`));
    const { chmod } = await import('node:fs/promises');
    await chmod(script.fsPath, 0o755);
    return findPython(script.fsPath).then(
      () => '',
      (fault: unknown) => (fault instanceof Error ? fault.message : ''),
    );
  };
  assert.match(await said("ModuleNotFoundError: No module named 'ensurepip'"), /python3-venv/);
  assert.match(await said('AssertionError: old'), /older than 3\.11/);
});
