// Runs a suite inside VS Code's extension host, with the whole of its API: `node host.mjs JSON`, where
// JSON says {run, project, extension, tests, machine, trust, seconds}.

import { start } from './code_server.mjs';

const { run, project, extension, tests, machine, trust, seconds } = JSON.parse(process.argv[2]);

/** What the suite says; VS Code has much to say beside it. */
const tell = (text) => /^(ok|FAIL| {4}) /.test(text) && console.log(text);

const editor = await start({ run, machine, trust, smoke: true });
const { page } = editor;
const ended = new Promise((resolve) => {
  setTimeout(() => resolve('it took too long'), seconds * 1000);
  void page.exposeFunction('codeAutomationLog', (_, args) => tell(args.map(String).join(' ')));
  void page.exposeFunction('codeAutomationExit', resolve);
});
const url = new URL(editor.url);
url.searchParams.set('folder', project);
const remote = (path) => `vscode-remote://${url.host}${path}`;
const payload = [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(tests)]];
url.searchParams.set('payload', JSON.stringify(payload));
await page.goto(url.toString());
const status = await ended;
if (status !== 0) {
  await page.screenshot({ path: `${run}/failed.png` }).catch(() => {});
  console.log(`ended with ${status}; see ${run}/failed.png`);
}
await editor.stop();
process.exit(status === 0 ? 0 : 1);
