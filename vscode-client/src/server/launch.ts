// How the server is started: by the command that the settings name, or from the environment of ours.

import type { ExtensionContext } from 'vscode';
import * as vscode from 'vscode';

import { environmentPython } from './environment';

/** A program with its arguments. */
export interface Launch {
  command: string;
  args: string[];
}

/** Raises Unavailable when there is no way to start it. */
export async function launchOf(context: ExtensionContext, log: vscode.LogOutputChannel): Promise<Launch> {
  const named = vscode.workspace.getConfiguration('backwright').get<string[]>('server.command', []);
  const [command, ...args] = named;
  if (command !== undefined && command !== '') {
    return { command, args };
  }
  // -P: a project that is opened must not get to replace modules by files of its own.
  return { command: await environmentPython(context, log), args: ['-P', '-m', 'backwright', 'serve'] };
}
