// The backend map: a page beside the code, with routes, models and jobs and what leads where.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

import { telling } from '../commands/telling';
import type { Server } from '../server/server';
import type { Knowledge } from '../views/knowledge';
import type { FromPage, ToPage } from './messages';

export function registerMap(server: Server, knowledge: Knowledge, root: vscode.Uri): vscode.Disposable[] {
  let panel: vscode.WebviewPanel | undefined;
  const tell = () => {
    const message: ToPage = { backends: [...knowledge.backends] };
    void panel?.webview.postMessage(message);
  };
  const open = () => {
    if (panel !== undefined) {
      panel.reveal();
      return;
    }
    panel = vscode.window.createWebviewPanel('backwright.map', 'Backend Map', vscode.ViewColumn.Active, {
      enableScripts: true,
      retainContextWhenHidden: true,
      localResourceRoots: [vscode.Uri.joinPath(root, 'dist'), vscode.Uri.joinPath(root, 'media')],
    });
    panel.iconPath = vscode.Uri.joinPath(root, 'media', 'backwright.svg');
    panel.webview.onDidReceiveMessage(telling((message: FromPage) => answer(server, message, tell)));
    panel.onDidDispose(() => {
      panel = undefined;
    });
    panel.webview.html = page(panel.webview, root);
  };
  return [
    new vscode.Disposable(() => { panel?.dispose(); }),
    knowledge.onChange(tell),
    vscode.commands.registerCommand('backwright.openMap', open),
  ];
}

async function answer(server: Server, message: FromPage, tell: () => void): Promise<void> {
  switch (message.kind) {
    case 'ready':
      tell();
      break;
    case 'jump': {
      const uri = vscode.Uri.joinPath(vscode.Uri.parse(message.folder), message.file);
      const start = new vscode.Position(message.line - 1, 0);
      await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start, start), viewColumn: vscode.ViewColumn.Beside });
      break;
    }
    case 'copy': {
      const drawn = await server.request<Record<string, string>>('backwright/diagram', { uri: message.folder });
      await vscode.env.clipboard.writeText(drawn[message.what] ?? '');
      vscode.window.setStatusBarMessage('Mermaid text copied', 3000);
      break;
    }
  }
}

function page(webview: vscode.Webview, root: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(root, 'dist', 'map.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(root, 'media', 'map.css'));
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
  <link rel="stylesheet" href="${style.toString()}">
  <title>Backend Map</title>
</head>
<body>
  <script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}
