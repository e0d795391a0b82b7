// A request to a model that takes its time: its words are shown, and Cancel ends it: `node model.mjs JSON`,
// where JSON says {run, project, vsix, shots, machine}.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

import { start } from './code_server.mjs';
import { Workbench } from './workbench.mjs';

const { run, project, vsix, shots, machine } = JSON.parse(process.argv[2]);
const router = path.join(project, 'app/routers/auth.py');
const before = fs.readFileSync(router, 'utf8');

const editor = await start({ run, vsix, machine });
const { page } = editor;
const window = new Workbench(page);
let status = 0;
try {
  await window.open(editor.url, project, router);
  await page.locator('.statusbar-item', { hasText: 'fake-model' }).waitFor({ timeout: 60_000 });
  console.log('ok   the status bar names the model');
  await page.locator('.codelens-decoration a').first().waitFor({ timeout: 60_000 });
  await window.goto(24, 8);
  await window.command('Backwright: Generate from a Request…');
  await window.answer('What is wanted?', 'log every sign in');
  const progress = page.locator('.notification-list-item', { hasText: 'def noted' }).first();
  await progress.waitFor();
  await progress.hover();
  if (shots) {
    await page.screenshot({ path: path.join(shots, 'vscode-progress.png') });
  }
  console.log('ok   what the model writes is shown');
  await progress.locator('.monaco-button', { hasText: 'Cancel' }).click();
  await window.notification('nothing was changed').waitFor();
  assert.equal(fs.readFileSync(router, 'utf8'), before);
  assert.equal(await page.locator('.tab.dirty').count(), 0);
  console.log('ok   Cancel ends it, and nothing is changed');
  await window.command('Backwright: Generate from a Request…');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'log every sign in' }).waitFor();
  await page.keyboard.press('Escape');
  console.log('ok   the request is offered again');
} catch (fault) {
  console.log(`FAIL ${fault.stack}`);
  await page.screenshot({ path: path.join(run, 'failed.png') }).catch(() => {});
  status = 1;
}
await editor.stop();
process.exit(status);
