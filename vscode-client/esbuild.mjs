// Bundles the extension into one file, and its tests into another.
import { build } from 'esbuild';

const shared = { bundle: true, minify: true, sourcemap: false, logLevel: 'warning' };
await build({
  ...shared,
  entryPoints: ['src/extension.ts'],
  outfile: 'build/dist/extension.js',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
});

await build({
  ...shared,
  minify: false,
  entryPoints: ['test/index.ts'],
  outfile: 'dist/test.js',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
});
