import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isShared, LARGE_BYTES, ownMemory, shared, sharedMemory } from './memory.ts';

/** What a process prints that does nothing else, so that nothing else is a reason to collect. */
async function collectedBy(act: string, kind: 'MAJOR' | 'MINOR'): Promise<string> {
  const script = `
    import { constants, PerformanceObserver } from 'node:perf_hooks';
    import * as memory from '${new URL('./memory.js', import.meta.url)}';
    const alive = setTimeout(() => {}, 60_000);
    new PerformanceObserver((list) => {
      if (!list.getEntries().some(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_${kind})) return;
      console.log('collected');
      clearTimeout(alive);
    }).observe({ entryTypes: ['gc'] });
    const before = process.memoryUsage().rss;
    ${act};
    console.log(process.memoryUsage().rss - before < 32 * 1024 * 1024);
  `;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 });
  return (await run).stdout;
}

test('the whole heap is collected beside what goes on, and no memory is taken for it', async () => {
  expect(await collectedBy('memory.collectSoon()', 'MAJOR')).toBe('true\ncollected\n');
});

test('what is young is collected at the next allocation, and no memory is taken for it', async () => {
  expect(await collectedBy('memory.collectYoung(); Buffer.alloc(8 * 1024)', 'MINOR')).toBe('true\ncollected\n');
});

test('shared memory that V8 does not count is a reason to collect nevertheless', async () => {
  const many = 'for (let at = 0; at < 72; at++) memory.sharedMemory(1024 * 1024)';
  expect(await collectedBy(many, 'MAJOR')).toBe('true\ncollected\n');
});

test('large memory is shared and small memory is not; what is shared is not copied again', () => {
  expect([LARGE_BYTES - 1, LARGE_BYTES].map((bytes) => isShared(sharedMemory(bytes)))).toEqual([false, true]);
  expect([LARGE_BYTES - 1, LARGE_BYTES].map((bytes) => isShared(ownMemory(bytes)))).toEqual([false, false]);
  const small = Buffer.from('few');
  expect(shared(small)).toBe(small);
  const large = Buffer.alloc(LARGE_BYTES, 'ab');
  const once = shared(large);
  expect(once.equals(large)).toBe(true);
  expect([isShared(once), shared(once) === once]).toEqual([true, true]);
});
