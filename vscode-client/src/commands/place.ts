// Where a recipe is to be run: what the person points at, or chooses.

import * as vscode from 'vscode';

import type { Backend, Model, Recipe, Route } from '../protocol';
import type { Server } from '../server/server';

/** A document of the protocol and a position in it. */
export interface At {
  uri: string;
  position: object;
}

/** The cursor's place, in a file of a workspace folder. */
export function cursor(server: Server): At | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'file') {
    return undefined;
  }
  return { uri: editor.document.uri.toString(), position: server.position(editor.selection.active) };
}

/** Where the recipe has its place; undefined when the person gives up. */
export async function placeFor(server: Server, recipe: Recipe): Promise<At | undefined> {
  const at = cursor(server);
  if (recipe.at === 'project') {
    return at ?? { uri: await folder(), position: { line: 0, character: 0 } };
  }
  if (recipe.at === 'function' || (at !== undefined && (await fits(at, recipe)))) {
    return at;
  }
  return chosenPlace(server, recipe);
}

/** The beginning of a line (from 1) of a file of the folder. */
export function lineOf(backend: Backend, place: { file: string; line: number }): At {
  const uri = vscode.Uri.joinPath(vscode.Uri.parse(backend.uri), place.file);
  return { uri: uri.toString(), position: { line: place.line - 1, character: 0 } };
}

/** Whether the server offers the recipe at the place; it answers from what it knows already. */
async function fits(at: At, recipe: Recipe): Promise<boolean> {
  const { line, character } = at.position as { line: number; character: number };
  const place = new vscode.Range(line, character, line, character);
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    vscode.Uri.parse(at.uri),
    place,
    'refactor.backwright',
  );
  return found.some((it) => it.kind?.value === `refactor.backwright.${recipe.id}`);
}

async function chosenPlace(server: Server, recipe: Recipe): Promise<At | undefined> {
  const { at, title } = recipe;
  const backends = await server.request<Backend[]>('backwright/backend');
  const items = backends.flatMap((backend) => {
    const shown = at === 'model' ? backend.models.map(shownModel) : backend.routes.map(shownRoute);
    return shown.map((it) => ({ ...it, backend }));
  });
  const placeHolder = items.length === 0 ? `No ${at} is known in this workspace` : `At which ${at}?`;
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return chosen === undefined ? undefined : lineOf(chosen.backend, chosen.place);
}

type Choice = vscode.QuickPickItem & { place: Route | Model };

function shownRoute(place: Route): Choice {
  return { label: `${place.method} ${place.path}`, description: place.handler, detail: `${place.file}:${place.line}`, place };
}

function shownModel(place: Model): Choice {
  return { label: place.name, description: place.table, detail: `${place.file}:${place.line}`, place };
}

async function folder(): Promise<string> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const chosen = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  return chosen?.uri.toString() ?? '';
}
