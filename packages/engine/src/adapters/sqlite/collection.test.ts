import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the whole heap is collected beside what goes on, and no memory is taken for it', async () => {
  // In a process that does nothing else, so that nothing else is a reason to collect.
  const script = `
    import { constants, PerformanceObserver } from 'node:perf_hooks';
    import { collectSoon } from '${new URL('./collection.js', import.meta.url)}';
    const alive = setTimeout(() => {}, 60_000);
    new PerformanceObserver((list) => {
      if (!list.getEntries().some(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR)) return;
      console.log('collected');
      clearTimeout(alive);
    }).observe({ entryTypes: ['gc'] });
    const before = process.memoryUsage().rss;
    collectSoon();
    console.log(process.memoryUsage().rss - before < 32 * 1024 * 1024);
  `;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 });
  expect((await run).stdout).toBe('true\ncollected\n');
});
