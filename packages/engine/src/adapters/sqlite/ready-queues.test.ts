import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Payload } from '../../core/message.ts';
import { message, newProcessId, queue } from '../../testing/samples.ts';
import { ReadyQueues } from './ready-queues.ts';

const MEGABYTE = 1024 * 1024;
let pos = 0;
const large = (name: string, payload: Partial<Payload> = {}) =>
  message(newProcessId(), 'm', { queue: queue(name), payload: { body: '', blob: null, bytes: MEGABYTE, ...payload } });
/** @returns how many of so many messages were kept in memory, from the first on */
function fill(ready: ReadyQueues, name: string, count: number, payload?: Partial<Payload>): number {
  return Array.from({ length: count }, () => ready.push(large(name, payload), ++pos)).filter(Boolean).length;
}

test('a backlog keeps its share of the memory, and leaves the rest to other queues', () => {
  const ready = new ReadyQueues();
  expect(fill(ready, 'a', 100)).toBe(20);
  expect(ready.isSpilled(queue('a'))).toBe(true);
  expect(fill(ready, 'b', 5)).toBe(5);
  expect(fill(ready, 'c', 100)).toBeLessThan(10);
});

test('what is taken makes room, what is given back takes it again', () => {
  const ready = new ReadyQueues();
  fill(ready, 'a', 20);
  const taken = ready.take(queue('a'), 20);
  expect(taken).toHaveLength(20);
  expect(fill(ready, 'a', 10)).toBe(10);
  for (const { message: made, pos: at } of taken) ready.unshift(made, at);
  expect(fill(ready, 'b', 10)).toBe(2);
});

test('content that stands in a file of its own takes no memory', () => {
  const ready = new ReadyQueues();
  expect(fill(ready, 'a', 100, { body: null, blob: 'b', bytes: 100 * MEGABYTE })).toBe(100);
});

test('the end of a large backlog is told once, and of a small one not at all', () => {
  let told = 0;
  const ready = new ReadyQueues(() => told++);
  fill(ready, 'a', 5);
  ready.take(queue('a'), 5);
  expect(told).toBe(0);
  fill(ready, 'a', 10);
  ready.take(queue('a'), 9);
  expect(told).toBe(0);
  ready.take(queue('a'), 1);
  expect(told).toBe(1);
  fill(ready, 'a', 1);
  ready.take(queue('a'), 1);
  expect(told).toBe(1);
});

test('a message that was taken is not kept alive by the queue it was in', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const ready = new ReadyQueues();
  fill(ready, 'a', 10);
  const taken = ready.take(queue('a'), 5).map((entry) => new WeakRef(entry.message));
  // Whoever looks at a weak reference keeps what it points to until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(taken.filter((one) => one.deref() !== undefined)).toEqual([]);
  expect(ready.take(queue('a'), 10)).toHaveLength(5);
});
