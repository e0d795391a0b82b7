// What a person does in VS Code's window: by keyboard and mouse, and seeing what is shown.

import path from 'node:path';

export class Workbench {
  constructor(page) {
    this.page = page;
  }

  async open(url, folder, file) {
    const target = new URL(url);
    target.searchParams.set('folder', folder);
    if (file) {
      target.searchParams.set('payload', JSON.stringify([['openFile', `vscode-remote://${target.host}${file}`]]));
    }
    await this.page.goto(target.toString());
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    if (file) {
      await this.page.locator(`.tab[data-resource-name="${path.basename(file)}"]`).waitFor({ timeout: 60_000 });
    }
  }

  async command(label) {
    await this.page.keyboard.press('F1');
    await this.pick(`>${label}`, label);
  }

  /** Types into the quick input and takes the row that says `row`. */
  async pick(words, row) {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await input.waitFor();
    await input.fill(words);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: row }).first().click();
  }

  /** Answers a question; the one that is asked now must say `title`. */
  async answer(title, words) {
    await this.page.locator('.quick-input-widget', { hasText: title }).waitFor();
    const input = this.page.locator('.quick-input-widget input').first();
    await input.fill(words);
    await this.page.keyboard.press('Enter');
  }

  async goto(line, column = 1) {
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).first().waitFor();
  }

  /** The menu can close by itself when lenses or focus change under it, and a click then does nothing:
   * so its effect is looked at, and it is tried again, four times at most. */
  async action(title, effect) {
    for (let tries = 1; ; tries++) {
      try {
        await this.page.locator('[class*="lightbulb"]:visible, .lightBulbWidget:visible').first().waitFor({ timeout: 8000 });
        await this.page.keyboard.press('Control+.');
        const item = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
        await item.waitFor({ timeout: 4000 });
        if (this.shot) {
          await this.shot('light-bulb');
        }
        await item.click({ timeout: 4000 });
        await effect({ timeout: 10_000 });
        return;
      } catch (fault) {
        if (tries === 4) {
          throw fault;
        }
        console.log(`again: ${title}`);
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Monaco renders blanks as no-break spaces. */
  hasLine(text, options) {
    return this.page.waitForFunction(
      (wanted) => [...document.querySelectorAll('.view-line')].some((it) => it.innerText.replaceAll('\u00a0', ' ').includes(wanted)),
      text,
      options,
    );
  }

  notification(text) {
    return this.page.locator('.notification-list-item', { hasText: text }).first();
  }

  async saved() {
    await this.page.keyboard.press('Control+S');
    await this.page.waitForFunction(() => document.querySelector('.tab') && !document.querySelector('.tab.active.dirty'));
  }
}
