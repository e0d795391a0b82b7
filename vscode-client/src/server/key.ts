// The API key of the model's endpoint: kept in the editor's secret storage, and nowhere else.

import * as vscode from 'vscode';

const NAME = 'backwright.apiKey';

export async function storedKey(secrets: vscode.SecretStorage): Promise<string | undefined> {
  return secrets.get(NAME);
}

/** Asks for the key; an empty one forgets it. Whether anything has changed. */
export async function askForKey(secrets: vscode.SecretStorage): Promise<boolean> {
  const given = await vscode.window.showInputBox({
    title: 'Backwright: API key',
    prompt: 'Kept in the secret storage of VS Code and handed to the server in its environment. Leave it empty to forget it.',
    password: true,
    ignoreFocusOut: true,
  });
  if (given === undefined) {
    return false;
  }
  const key = given.trim();
  await (key === '' ? secrets.delete(NAME) : secrets.store(NAME, key));
  return true;
}
