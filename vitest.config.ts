import { defineConfig } from 'vitest/config';

// Tests run from the compiled output: what is tested is what ships, worker threads included.
export default defineConfig({
  test: {
    include: ['**/dist/**/*.test.js', 'tools/**/*.test.mjs'],
    exclude: ['**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    // Files of one worker share what they load: nothing under test keeps state of its own between them.
    isolate: false,
    // Only the tests themselves go through the runner's transformation; what they test is loaded by Node, as it is in use.
    server: { deps: { external: [/\/dist\/(?!.*\.test\.js)/] } },
    reporters: ['default'],
  },
});
