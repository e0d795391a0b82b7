// One palette command for each recipe. The manifest lists them as the server's own list does (a test
// compares the two), and what a recipe asks for comes from the server when it is run.

import * as vscode from 'vscode';

import type { Backend, Input, Recipe, Report, RunArgument } from '../protocol';
import type { Server } from '../server/server';
import { cursor, lineOf, placeFor, type At } from './place';
import { telling } from './telling';

export const PREFIX = 'backwright.recipe.';

/** What a view hands to a command of its context menu. */
export interface Pointed {
  backend: Backend;
  place: { file: string; line: number };
}

export function registerRecipes(server: Server, manifest: unknown): vscode.Disposable[] {
  server.complete = (argument) => completed(server, argument);
  const { contributes } = manifest as { contributes: { commands: { command: string }[] } };
  return contributes.commands
    .map((it) => it.command)
    .filter((it) => it.startsWith(PREFIX))
    .map((command) =>
      vscode.commands.registerCommand(command, telling((pointed?: Pointed) =>
        runRecipe(server, command.slice(PREFIX.length), pointed),
      )),
    );
}

async function runRecipe(server: Server, id: string, pointed?: Pointed): Promise<Report | undefined> {
  const recipes = await server.request<Recipe[]>('backwright/recipes');
  const recipe = recipes.find((it) => it.id === id);
  if (recipe === undefined) {
    throw new Error(`This server has no recipe ${id}.`);
  }
  if (recipe.at === 'free') {
    return runFree(server, recipe);
  }
  const at = pointed === undefined ? await placeFor(server, recipe) : lineOf(pointed.backend, pointed.place);
  if (at === undefined) {
    return undefined;
  }
  return askAndRun(server, recipe, at);
}

/** Its place is wherever the words say, or the cursor. */
async function runFree(server: Server, recipe: Recipe): Promise<Report | undefined> {
  const request = await vscode.window.showInputBox({ title: recipe.title, prompt: 'What is wanted, in your own words?' });
  return request === undefined || request.trim() === ''
    ? undefined
    : server.execute<Report>('backwright.run', { recipe: recipe.id, request: request.trim(), ...cursor(server) });
}

async function askAndRun(server: Server, recipe: Recipe, at: At): Promise<Report | undefined> {
  const inputs = await asked(recipe.title, recipe.inputs);
  return inputs === undefined ? undefined : server.execute<Report>('backwright.run', { recipe: recipe.id, ...at, inputs });
}

/** The argument with the inputs that its recipe can't do without; undefined when the person gives up. */
async function completed(server: Server, argument: RunArgument): Promise<RunArgument | undefined> {
  if (argument.inputs !== undefined || argument.request !== undefined) {
    return argument;
  }
  const recipes = await server.request<Recipe[]>('backwright/recipes');
  const recipe = recipes.find((it) => it.id === argument.recipe);
  const required = recipe?.inputs.filter((it) => it.required) ?? [];
  if (recipe === undefined || required.length === 0) {
    return argument;
  }
  const inputs = await asked(recipe.title, required);
  return inputs === undefined ? undefined : { ...argument, inputs };
}

/** What is answered, without what is left to the recipe; undefined when the person gives up. */
async function asked(title: string, questions: Input[]): Promise<Record<string, string> | undefined> {
  const answers: Record<string, string> = {};
  for (const { name, ask, default: usual, required } of questions) {
    const prompt = required ? ask : `${ask} — Enter alone leaves it to the recipe.`;
    const given = await vscode.window.showInputBox({ title, prompt, value: usual });
    if (given === undefined) {
      return undefined;
    }
    if (given.trim() !== '') {
      answers[name] = given.trim();
    }
  }
  return answers;
}
