// What the person has set, and nothing else: a default of the manifest must not hide what the
// workspace's own backwright.toml says.

import * as vscode from 'vscode';

/** Settings of the extension's own part, which the server does not know. */
const OURS = ['server.', 'trace.'];

/** The section `backwright` for a folder, nested as the server's settings are. */
export function explicitSettings(scope: vscode.Uri | undefined, names: readonly string[]): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration('backwright', scope ?? null);
  const section: Record<string, unknown> = {};
  for (const name of names) {
    const found = configuration.inspect(name);
    const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
    if (value !== undefined) {
      put(section, name.split('.'), configuration.get(name));
    }
  }
  return section;
}

/** The names of the server's settings, from the extension's manifest. */
export function settingNames(manifest: unknown): string[] {
  const { contributes } = manifest as { contributes: { configuration: { properties: Record<string, unknown> }[] } };
  return contributes.configuration
    .flatMap((it) => Object.keys(it.properties))
    .map((it) => it.replace(/^backwright\./, ''))
    .filter((it) => !OURS.some((prefix) => it.startsWith(prefix)));
}

function put(section: Record<string, unknown>, names: string[], value: unknown): void {
  const [first, ...rest] = names;
  if (first === undefined) {
    return;
  }
  if (rest.length === 0) {
    section[first] = value;
    return;
  }
  const inner = (section[first] ??= {}) as Record<string, unknown>;
  put(inner, rest, value);
}
