// Entered by VS Code: the suite that BACKWRIGHT_SUITE names.

import { runAll } from './suite';

const SUITES: Record<string, () => Promise<unknown>> = {
  errors: () => import('./errors.test.js'),
  missing: () => import('./missing.test.js'),
  trust: () => import('./trust.test.js'),
  main: () => Promise.all([import('./main.test.js'), import('./views.test.js')]),
};

export async function run(): Promise<void> {
  const suite = SUITES[process.env['BACKWRIGHT_SUITE'] ?? 'main'];
  if (suite === undefined) {
    throw new Error(`there is no suite ${process.env['BACKWRIGHT_SUITE'] ?? ''}`);
  }
  await suite();
  await runAll();
}
