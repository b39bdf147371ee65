// Texts of a large batch are kept as bytes in one piece of memory: nobody may see that.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Payload } from '../core/message.ts';
import { sqliteStores } from '../sqlite.ts';
import { chain, Harness, type HarnessOptions, type Steps } from '../testing/harness.ts';

const MODEL = chain('t', { id: 'many', kind: 'batch', worker: 'w', action: 'many' }, 'same', 'last');
const BODIES: (string | Uint8Array)[] = Array.from({ length: 1_000 }, (_, index) =>
  index % 7 === 0
    ? new Uint8Array([0xff, index % 256])
    : index % 5 === 0
      ? ''
      : `{"größe":${index},"😀":"${'ä'.repeat(index)}"}`,
);
BODIES.push('y'.repeat(100_000), 'z'.repeat(300_000));
const STEPS: Steps = { many: () => ({ kind: 'split', items: BODIES.map((body) => ({ body })) }) };

describe('a batch of many items', () => {
  const closers: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  const run = async (options: HarnessOptions): Promise<{ h: Harness; id: string }> => {
    const h = await Harness.start(MODEL, { steps: STEPS, ...options });
    closers.push(() => h.close());
    return { h, id: await h.run('t', {}) };
  };
  const onDisk = (): HarnessOptions => {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-many-'));
    closers.push(() => rmSync(directory, { recursive: true, force: true }));
    return { openStores: () => sqliteStores({ directory }) };
  };

  test.each([
    ['in memory', () => ({})],
    ['on disk', onDisk],
  ])('calls what follows with each of them as it was, and its history says so (%s)', async (_name, options) => {
    const { h, id } = await run(options());
    for (const action of ['same', 'last']) {
      const calls = h.calls.filter(({ target }) => target.action === action);
      expect(calls.map(({ body }) => body)).toEqual(BODIES);
    }
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 2 + 2 * BODIES.length });
    const last = (await h.engine.reads.history(id, { limit: 5_000 })).items.filter(({ node }) => node === 'last');
    const bodies = await Promise.all(last.map(({ message }) => h.engine.body(message.payload)));
    expect(new Set(bodies.map(String))).toEqual(new Set(BODIES.map(String)));
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('stores what a step passes on unchanged once', async () => {
    const { h, id } = await run({});
    const { items } = await h.engine.reads.history(id, { limit: 5_000 });
    const contents = (node: string): Set<Payload> => {
      const payloads = items.filter((one) => one.node === node).map(({ message }) => message.payload);
      return new Set(payloads.filter(({ blob }) => blob === null));
    };
    expect(contents('same').size).toBe(BODIES.length - 1);
    for (const payload of contents('last')) expect(contents('same').has(payload)).toBe(true);
  });
});
