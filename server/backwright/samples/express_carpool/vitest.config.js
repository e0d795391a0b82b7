import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.js'],
    setupFiles: ['test/setup.js'],
    env: { CARPOOL_TOKEN_SECRET: 'only-for-the-tests-of-this-project' },
  },
});
