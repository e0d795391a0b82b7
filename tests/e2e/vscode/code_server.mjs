// A private code-server, opened in Chromium through playwright-core.

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';

const { BACKWRIGHT_CODE_SERVER: ENTRY, BACKWRIGHT_NODE: NODE, BACKWRIGHT_CHROMIUM: CHROMIUM } = process.env;
const { chromium } = createRequire(ENTRY)(process.env.BACKWRIGHT_PLAYWRIGHT);

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

const QUIET = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'window.menuBarVisibility': 'classic',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'git.autofetch': false,
  'npm.autoDetect': 'off',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'editor.cursorBlinking': 'solid',
};

/** Starts both. `run` is a folder of this run's own; `machine` are settings that are there in time:
 * those of the user can reach the extension host after activation. */
export async function start({ run, vsix, machine = {}, user = {}, smoke = false, trust = false }) {
  const data = path.join(run, 'data');
  const extensions = path.join(run, 'extensions');
  const config = path.join(run, 'config.yaml');
  for (const folder of ['User', 'Machine']) {
    fs.mkdirSync(path.join(data, folder), { recursive: true });
  }
  fs.mkdirSync(extensions, { recursive: true });
  fs.writeFileSync(config, '');
  // The extension host has the environment of a login shell, whose PATH is another one.
  fs.writeFileSync(path.join(run, '.profile'), `export PATH='${process.env.PATH}'\n`);
  fs.writeFileSync(path.join(data, 'Machine', 'settings.json'), JSON.stringify(machine));
  const settings = { ...QUIET, 'security.workspace.trust.enabled': trust, ...user };
  fs.writeFileSync(path.join(data, 'User', 'settings.json'), JSON.stringify(settings));
  // An empty gallery keeps the workbench from asking one on the network.
  const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', HOME: run };
  const folders = ['--config', config, '--user-data-dir', data, '--extensions-dir', extensions];
  if (vsix) {
    execFileSync(NODE, [ENTRY, ...folders, '--install-extension', vsix, '--force'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }
  const port = await freePort();
  const log = fs.openSync(path.join(run, 'code-server.log'), 'w');
  const flags = [
    '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check',
    '--disable-getting-started-override',
    ...(smoke ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ...(trust ? [] : ['--disable-workspace-trust']),
  ];
  const server = spawn(NODE, [ENTRY, ...folders, ...flags], { env, stdio: ['ignore', log, log], detached: true });
  const url = `http://127.0.0.1:${port}`;
  await up(url);
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
  return { page, url, data, stop: () => stop(browser, server) };
}

async function stop(browser, server) {
  await browser.close().catch(() => {});
  const ended = new Promise((resolve) => server.once('exit', resolve));
  signal(server, 'SIGTERM');
  if (server.exitCode === null && server.signalCode === null) {
    await Promise.race([ended, pause(5000)]);
    signal(server, 'SIGKILL');
  }
}

/** To the whole group, which it leads: the extension host and what that has started. */
function signal(server, name) {
  try {
    process.kill(-server.pid, name);
  } catch {
    // it is gone
  }
}

async function up(url) {
  for (let i = 0; i < 600; i++) {
    try {
      if ((await fetch(`${url}/healthz`)).ok) {
        return;
      }
    } catch {
      // not yet
    }
    await pause(100);
  }
  throw new Error('code-server did not come up');
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
