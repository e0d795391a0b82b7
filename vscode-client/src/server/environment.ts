// A private Python environment for the server, made once for each version of the extension.
//
// It lies in the extension's own storage: nothing of the person's Pythons or projects is touched. The
// server itself comes with the extension as a wheel, what it needs from the person's package index.

import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

import { findPython, OLDEST } from './python';
import { run, type Ended } from './run';
import { Unavailable } from './unavailable';

/** The path of its Python; makes the environment when it is not there yet. Raises Unavailable. */
export async function environmentPython(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<string> {
  const wheel = await bundledWheel(context);
  const storage = context.globalStorageUri.fsPath;
  const home = path.join(storage, await nameFor(wheel));
  if (!(await exists(marker(home)))) {
    await fs.mkdir(storage, { recursive: true });
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Backwright: setting up its server', cancellable: true },
      (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => {
          stop.abort();
        });
        return make({ home, wheel, log, signal: stop.signal, tell: (message) => { progress.report({ message }); } });
      },
    );
  }
  await removeOthers(storage, path.basename(home), log);
  return pythonOf(home);
}

interface Making {
  home: string;
  wheel: string;
  log: vscode.LogOutputChannel;
  signal: AbortSignal;
  tell: (message: string) => void;
}

/** Makes it beside and then moves it, so that an interrupted one never counts. */
async function make(making: Making): Promise<void> {
  const staged = `${making.home}.${randomBytes(4).toString('hex')}`;
  try {
    await install(making, staged);
    await fs.writeFile(marker(staged), '');
    await fs.rm(making.home, { recursive: true, force: true });
    await fs.rename(staged, making.home);
  } catch (fault) {
    // Another window may have been faster.
    if (!(await exists(marker(making.home)))) {
      throw fault;
    }
  } finally {
    await fs.rm(staged, { recursive: true, force: true });
  }
}

async function install(making: Making, staged: string): Promise<void> {
  const setting = vscode.workspace.getConfiguration('backwright').get<string>('server.python', '');
  const uv = (await run('uv', ['--version'], making.signal)).status === 0;
  if (uv) {
    making.tell('making an environment with uv');
    const python = setting === '' ? `>=${OLDEST}` : setting;
    await step(making, 'uv', ['venv', '--no-project', '--no-config', '--python', python, staged]);
    making.tell('installing what it needs');
    await step(making, 'uv', ['pip', 'install', '--python', pythonOf(staged), making.wheel]);
    return;
  }
  making.tell('looking for Python');
  const python = await findPython(setting);
  making.log.info(`making an environment with ${python}`);
  making.tell('making an environment');
  await step(making, python, ['-m', 'venv', staged]);
  making.tell('installing what it needs');
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--prefer-binary'];
  await step(making, pythonOf(staged), [...pip, making.wheel]);
}

async function step(making: Making, command: string, args: string[]): Promise<void> {
  making.log.info(`${command} ${args.join(' ')}`);
  const ended = await run(command, args, making.signal);
  making.log.info(ended.out.trim());
  if (making.signal.aborted) {
    throw new Unavailable('Setting up the server was cancelled.', ['retry']);
  }
  if (ended.status !== 0) {
    making.log.error(ended.err.trim());
    throw fault(ended);
  }
}

const UNREACHED =
  /NewConnectionError|Temporary failure in name resolution|No matching distribution|Connection (refused|reset)|timed out|dns error|error sending request|getaddrinfo/i;

function fault(ended: Ended): Unavailable {
  const said = `${ended.out}\n${ended.err}`;
  if (/ensurepip is not available/.test(said)) {
    const text = 'Python is there, but not its venv module. On Debian and Ubuntu the package python3-venv has it.';
    return new Unavailable(text, ['retry', 'choosePython']);
  }
  if (UNREACHED.test(said)) {
    const text =
      'The packages that the server needs could not be downloaded: is there a network, and does pip reach your package index?';
    return new Unavailable(text, ['retry', 'showLog']);
  }
  const last = ended.err.trim().split('\n').at(-1) ?? '';
  return new Unavailable(`The server could not be set up: ${last}`, ['retry', 'choosePython', 'showLog']);
}

async function bundledWheel(context: vscode.ExtensionContext): Promise<string> {
  const folder = context.asAbsolutePath('wheel');
  const names = await fs.readdir(folder).catch(() => []);
  const wheel = names.find((it) => it.endsWith('.whl'));
  if (wheel === undefined) {
    const text = 'This build of the extension has no server in it; name one in the setting backwright.server.command.';
    throw new Unavailable(text, ['showLog']);
  }
  return path.join(folder, wheel);
}

/** Another wheel has another environment, also when its version is the same. */
async function nameFor(wheel: string): Promise<string> {
  const content = createHash('sha256').update(await fs.readFile(wheel)).digest('hex');
  return `env-${path.basename(wheel).split('-')[1] ?? ''}-${content.slice(0, 12)}`;
}

/** Environments of versions that were here before; one that is in use may refuse. */
async function removeOthers(storage: string, kept: string, log: vscode.LogOutputChannel): Promise<void> {
  for (const name of await fs.readdir(storage)) {
    if (/^env-[^.]+(\.[^.]+)*$/.test(name) && name !== kept && (await exists(marker(path.join(storage, name))))) {
      await fs.rm(path.join(storage, name), { recursive: true, force: true }).catch((it: unknown) => {
        log.warn(`${name} is left: ${String(it)}`);
      });
    }
  }
}

function pythonOf(home: string): string {
  return process.platform === 'win32' ? path.join(home, 'Scripts', 'python.exe') : path.join(home, 'bin', 'python');
}

function marker(home: string): string {
  return path.join(home, '.ready');
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
