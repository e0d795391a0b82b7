// Bundles the extension, the page of its map, and its tests, each into one file.
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
  entryPoints: ['src/page/map.ts'],
  outfile: 'build/dist/map.js',
  platform: 'browser',
  format: 'iife',
  target: 'chrome120',
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
