// What a person is told when the server can't be set up: `node message.mjs JSON`, where JSON says
// {run, project, vsix, shots, machine, says, button, name}.

import path from 'node:path';

import { start } from './code_server.mjs';
import { Workbench } from './workbench.mjs';

const { run, project, vsix, shots, machine, says, button, name } = JSON.parse(process.argv[2]);

const editor = await start({ run, vsix, machine });
const { page } = editor;
let status = 0;
try {
  await new Workbench(page).open(editor.url, project, path.join(project, 'app/main.py'));
  const message = page.locator('.notification-list-item', { hasText: says }).first();
  await message.waitFor({ timeout: 150_000 });
  await message.locator('.monaco-button', { hasText: button }).waitFor();
  if (shots) {
    await page.screenshot({ path: path.join(shots, `vscode-${name}.png`) });
  }
  console.log(`ok   ${(await message.innerText()).trim()}`);
} catch (fault) {
  console.log(`FAIL ${fault.stack}`);
  await page.screenshot({ path: path.join(run, 'failed.png') }).catch(() => {});
  status = 1;
}
await editor.stop();
process.exit(status);
