// The extension: it starts the server, and puts commands, views and the status bar together.

import * as vscode from 'vscode';

import { registerRequests } from './commands/ask';
import { registerContext } from './commands/context';
import { registerRecipes } from './commands/recipes';
import { registerMenu } from './commands/menu';
import { registerModel } from './commands/model';
import { registerMap } from './map/panel';
import { Server } from './server/server';
import { StatusBar } from './status';
import { Knowledge } from './views/knowledge';
import { registerViews } from './views/register';

/** What tests get to see. */
export interface Extension {
  server: Server;
  knowledge: Knowledge;
  status: StatusBar;
  /** How long activation took, in milliseconds. */
  activation: number;
}

const HEARD = 500; // milliseconds after which the server has asked for settings that have changed

export function activate(context: vscode.ExtensionContext): Extension {
  const begun = performance.now();
  const log = vscode.window.createOutputChannel('Backwright', { log: true });
  const server = new Server(context, log);
  const knowledge = new Knowledge(server);
  const status = new StatusBar(server);
  const restart = () => server.restart();
  context.subscriptions.push(
    log,
    server,
    knowledge,
    status,
    ...registerRecipes(server, context.extension.packageJSON),
    ...registerRequests(server, context.workspaceState),
    ...registerContext(server),
    ...registerModel(server, context.secrets),
    ...registerViews(server, knowledge),
    ...registerMap(server, knowledge, context.extensionUri),
    registerMenu(),
    vscode.commands.registerCommand('backwright.restart', restart),
    vscode.commands.registerCommand('backwright.showLog', () => { log.show(); }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration('backwright.server')) {
        void server.restart();
      } else if (it.affectsConfiguration('backwright')) {
        setTimeout(() => void status.refresh(), HEARD);
      }
    }),
  );
  void server.restart(); // not waited for: the editor starts while the server does
  return { server, knowledge, status, activation: performance.now() - begun };
}
