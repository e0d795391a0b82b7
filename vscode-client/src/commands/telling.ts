// A command's fault is told in one line instead of VS Code's own words for it.

import * as vscode from 'vscode';

export function telling<Arguments extends unknown[], Answer>(
  command: (...args: Arguments) => Promise<Answer>,
): (...args: Arguments) => Promise<Answer | undefined> {
  return async (...args) => {
    try {
      return await command(...args);
    } catch (fault) {
      const text = fault instanceof Error ? fault.message : String(fault);
      void vscode.window.showErrorMessage(text.startsWith('Backwright') ? text : `Backwright: ${text}`);
      return undefined;
    }
  };
}
