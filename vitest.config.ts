import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, begun first: a worker that begins one of them last keeps the others waiting. */
const LONGEST = [
  'apps/standalone/dist/survival',
  'packages/engine/dist/adapters/sqlite/sqlite',
  'packages/topology-editor/dist/testing/editor',
  'apps/standalone/dist/admin-',
  'packages/topology/dist/bpmn/property',
  'apps/standalone/dist/existing-worker-kills',
  'apps/standalone/dist/token-renewal',
  'apps/standalone/dist/topologies-as-code',
  'apps/standalone/dist/guide-',
  'packages/engine/dist/runtime/real',
  'packages/topology/dist/text/print',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((path) => moduleId.includes(path));
      return place === -1 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

// Tests run from the compiled output: what is tested is what ships, worker threads included.
export default defineConfig({
  test: {
    include: ['**/dist/**/*.test.js', 'tools/**/*.test.mjs'],
    exclude: ['**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Files of one worker share what they load: nothing under test keeps state of its own between them.
    isolate: false,
    // Only the tests themselves go through the runner's transformation; what they test is loaded by Node, as it is in use.
    server: { deps: { external: [/\/dist\/(?!.*\.test\.js)/] } },
    reporters: ['default'],
  },
});
