// The extension: it starts the server, and puts commands, views and the status bar together.

import * as vscode from 'vscode';

import { registerRequests } from './commands/ask';
import { registerContext } from './commands/context';
import { registerRecipes } from './commands/recipes';
import { askForKey } from './server/key';
import { Server } from './server/server';

/** What tests get to see. */
export interface Extension {
  server: Server;
}

export function activate(context: vscode.ExtensionContext): Extension {
  const log = vscode.window.createOutputChannel('Backwright', { log: true });
  const server = new Server(context, log);
  const restart = () => server.restart();
  context.subscriptions.push(
    log,
    server,
    ...registerRecipes(server, context.extension.packageJSON),
    ...registerRequests(server, context.workspaceState),
    ...registerContext(server),
    vscode.commands.registerCommand('backwright.restart', restart),
    vscode.commands.registerCommand('backwright.showLog', () => { log.show(); }),
    vscode.commands.registerCommand('backwright.setApiKey', async () => {
      if (await askForKey(context.secrets)) {
        await server.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration('backwright.server')) {
        void server.restart();
      }
    }),
  );
  void server.restart(); // not waited for: the editor starts while the server does
  return { server };
}
