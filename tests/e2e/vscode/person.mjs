// The person's way through VS Code, from the .vsix in a clean profile: `node person.mjs JSON`, where JSON
// says {run, project, vsix, shots, machine}.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

import { start } from './code_server.mjs';
import { Workbench } from './workbench.mjs';

const { run, project, vsix, shots, machine } = JSON.parse(process.argv[2]);
const router = path.join(project, 'app/routers/auth.py');

const begun = Date.now();
const done = (what) => console.log(`ok   ${what} (${Date.now() - begun} ms)`);

const editor = await start({ run, vsix, machine });
const { page } = editor;
const window = new Workbench(page);
const shot = async (name) => {
  if (shots) {
    await page.screenshot({ path: path.join(shots, `vscode-${name}.png`) });
  }
};
window.shot = shot;

async function session() {
  await window.open(editor.url, project, router);
  await page.locator('.notification-toast, .statusbar-item', { hasText: /Backwright|offline/ }).first().waitFor();
  done('the extension has been started');

  const lens = page.locator('.codelens-decoration a', { hasText: 'no rate limit' }).first();
  await lens.waitFor({ timeout: 180_000 });
  done('its environment is made, and the server runs in it');

  await window.goto(24, 8);
  await window.action('Add rate limiting: POST /api/v1/auth/token', (options) => window.hasLine('limiter.limit', options));
  await window.saved();
  assert.match(fs.readFileSync(router, 'utf8'), /limiter\.limit/);
  done('the light bulb limits an endpoint, and the file is saved');

  await page.locator('.view-line', { hasText: 'def register' }).first().locator('span span', { hasText: 'register' }).first().hover();
  const card = page.locator('.monaco-hover', { hasText: '/api/v1/auth/register' }).first();
  await card.locator('a', { hasText: 'Add rate limiting' }).waitFor();
  await shot('hover');
  await page.keyboard.press('Escape');
  done('the hover of another endpoint has links');

  await window.goto(16, 9);
  await window.action('Require a permission', (options) => page.locator('.quick-input-widget', { hasText: 'Which role' }).waitFor(options));
  await page.keyboard.press('Escape');
  done('what a recipe can not do without is asked for');

  await window.goto(11, 1);
  const row = page.locator('.refactor-preview .monaco-list-row, .monaco-list-row', { hasText: 'def test_' }).first();
  await window.command('Backwright: Generate tests for this endpoint');
  await window.pick('bookings/{booking_id}', 'PATCH /api/v1/bookings/{booking_id}');
  await row.waitFor();
  await shot('preview');
  await page.locator('.monaco-list-row .monaco-checkbox, .monaco-list-row [role=checkbox], .monaco-list-row input[type=checkbox]').first().click();
  await page.locator('.monaco-button', { hasText: 'Apply' }).click();
  await page.locator('.tab[data-resource-name="test_bookings.py"]').waitFor();
  done('a change whose checks were not all run is shown first, ticked and applied');

  await window.command('View: Show Backwright');
  await page.locator('.monaco-list-row', { hasText: '/api/v1/machines' }).first().waitFor();
  await shot('endpoints');
  done('the endpoints are in the side bar');

  await window.command('Backwright: Open the Backend Map');
  const map = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await map.locator('button.route', { hasText: '/api/v1/auth/token' }).waitFor();
  await map.getByRole('searchbox').fill('booking');
  await map.locator('button.route', { hasText: '/api/v1/auth/token' }).waitFor({ state: 'detached' });
  await map.locator('button.route', { hasText: 'POST /api/v1/bookings' }).focus();
  await map.locator('button.model.lit', { hasText: 'Booking' }).waitFor();
  await shot('map');
  await map.getByRole('searchbox').fill('');
  await map.getByRole('tab', { name: 'Entities' }).click();
  await map.locator('.card', { hasText: 'Machine' }).first().waitFor();
  await shot('entities');
  done('the map is searched, and shows the entities');
}

let status = 0;
try {
  await session();
} catch (fault) {
  console.log(`FAIL ${fault.stack}`);
  await page.screenshot({ path: path.join(run, 'failed.png') }).catch(() => {});
  status = 1;
}
await editor.stop();
process.exit(status);
