// What a click on the status bar offers.

import * as vscode from 'vscode';

const ENTRIES = [
  { label: '$(sparkle) Generate from a request…', command: 'backwright.ask' },
  { label: '$(type-hierarchy-sub) Open the backend map', command: 'backwright.openMap' },
  { label: '$(server-environment) Choose endpoint…', command: 'backwright.chooseEndpoint' },
  { label: '$(symbol-misc) Choose model…', command: 'backwright.chooseModel' },
  { label: '$(key) Set API key…', command: 'backwright.setApiKey' },
  { label: '$(eye) Show what a model would be sent…', command: 'backwright.openContext' },
  { label: '$(output) Show log', command: 'backwright.showLog' },
  { label: '$(debug-restart) Restart server', command: 'backwright.restart' },
];

export function registerMenu(): vscode.Disposable {
  return vscode.commands.registerCommand('backwright.menu', async () => {
    const chosen = await vscode.window.showQuickPick(ENTRIES, { title: 'Backwright' });
    if (chosen !== undefined) {
      await vscode.commands.executeCommand(chosen.command);
    }
  });
}
