// A folder that nobody trusts is only read.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Status } from '../src/protocol';
import { extension, opened } from './project';
import { test, until } from './suite';

test('the folder is not trusted, and the server knows', async () => {
  assert.equal(vscode.workspace.isTrusted, false);
  const { server } = await extension();
  const status = await server.request<Status>('backwright/status');
  assert.equal(status.trusted, false);
});

test('what the folder says of an endpoint is not heard', async () => {
  const { server } = await extension();
  const settings = await opened('.vscode/settings.json');
  assert.match(settings.getText(), /backwright\.model\.baseUrl/);
  const status = await server.request<Status>('backwright/status');
  assert.equal(status.endpoint, '');
  assert.equal(status.configured, false);
});

test('it is read all the same', async () => {
  const { knowledge } = await extension();
  await until('its endpoints', () => knowledge.backends.some((it) => it.routes.length > 20));
});
