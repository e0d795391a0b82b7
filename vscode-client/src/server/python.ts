// Finds a Python that can hold the server: 3.11 or newer, able to make environments.

import { run } from './run';
import { Unavailable } from './unavailable';

export const OLDEST = '3.11';

const PROBE = [
  'import sys',
  'assert sys.version_info >= (3, 11), "old"',
  'import venv, ensurepip',
  'print(sys.executable)',
].join('\n');

/** What a candidate turned out to be. */
type Found = { kind: 'fit'; path: string } | { kind: 'old' | 'noVenv' | 'none' };

/** The path of the first that fits. Raises Unavailable, naming what is missing. */
export async function findPython(setting: string): Promise<string> {
  const reasons: string[] = [];
  for (const [command, ...args] of setting === '' ? candidates() : [[setting]]) {
    const found = await probe(command ?? '', args);
    if (found.kind === 'fit') {
      return found.path;
    }
    reasons.push(found.kind);
  }
  throw missing(setting, reasons);
}

function candidates(): string[][] {
  const newest = ['3.14', '3.13', '3.12', '3.11'];
  return process.platform === 'win32'
    ? [...newest.map((it) => ['py', `-${it}`]), ['python'], ['python3']]
    : [['python3'], ['python'], ...newest.map((it) => [`python${it}`])];
}

async function probe(command: string, args: string[]): Promise<Found> {
  const ended = await run(command, [...args, '-c', PROBE]);
  if (ended.status === 0) {
    return { kind: 'fit', path: ended.out.trim() };
  }
  if (ended.err.includes('AssertionError') || ended.err.includes('SyntaxError')) {
    return { kind: 'old' };
  }
  return { kind: /No module named '(venv|ensurepip)'/.test(ended.err) ? 'noVenv' : 'none' };
}

function missing(setting: string, reasons: string[]): Unavailable {
  if (reasons.includes('noVenv')) {
    const text = 'Python is there, but not its venv module. On Debian and Ubuntu the package python3-venv has it.';
    return new Unavailable(text, ['retry', 'choosePython']);
  }
  const named = setting === '' ? '' : `${setting} can't be used. `;
  const old = reasons.includes('old') ? `the Python found is older than ${OLDEST}` : 'none was found';
  return new Unavailable(`${named}Backwright needs Python ${OLDEST} or newer: ${old}.`, [
    'choosePython',
    'getPython',
    'retry',
  ]);
}
