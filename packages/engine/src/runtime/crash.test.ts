import type { TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { CRASH_POINTS } from '../ports/system.ts';
import { custom, Harness } from '../testing/harness.ts';

/** A bit of everything: batch with cursor, fan-out, limit, order, delay, repeat. */
const MODEL: TopologyModel = {
  name: 't',
  nodes: [
    { id: 'start', kind: 'start' },
    { id: 'batch', kind: 'batch', worker: 'w', action: 'batch' },
    custom('limited', { limit: { amount: 3, windowMs: 1_000 } }),
    custom('ordered', { orderingKey: 'body.key', repeat: { attempts: 20, delayMs: 100 } }),
    { id: 'delay', kind: 'delay', settings: { delayMs: 500 } },
    custom('end'),
  ],
  connections: [
    { from: 'start', to: 'batch' },
    { from: 'batch', to: 'limited' },
    { from: 'batch', to: 'ordered' },
    { from: 'limited', to: 'delay' },
    { from: 'delay', to: 'end' },
    { from: 'ordered', to: 'end' },
  ],
};

describe('crashes', () => {
  for (const point of CRASH_POINTS)
    for (const [seed, count] of [
      [1, 1],
      [2, 5],
      [3, 11],
    ] as const)
      test(`B1: killed at ${point} for the ${count}. time, nothing accepted is lost and nothing is finished twice (seed ${seed})`, async () => {
        const h = await Harness.start(MODEL, {
          seed,
          crashAt: { point, count },
          steps: {
            batch: ({ cursor }) => ({
              kind: 'split',
              items: [0, 1, 2].map((n) => ({ body: JSON.stringify({ key: `k${n % 2}`, n }) })),
              ...(cursor === null ? { cursor: 'page-2' } : {}),
            }),
            ordered: (call) =>
              call.attempt === 1 && call.messageId.charCodeAt(call.messageId.length - 1) % 3 === 0
                ? { kind: 'redeliver', reason: 'x' }
                : { kind: 'forward', item: { body: call.body } },
          },
        });
        const accepted: string[] = [];
        for (let i = 0; i < 12; i++) void h.run('t', { i }).then((id) => accepted.push(id));
        await h.clock.advance(3_000);
        expect(h.crashed).toBe(true);

        await h.boot();
        await h.clock.advance(120_000);
        const ledger = await h.engine.ledger();
        expect(ledger).toMatchObject({ queued: 0, leased: 0, delayed: 0, limited: 0, trash: 0, balanced: true });
        const { items } = await h.engine.reads.processes({}, { limit: 500 });
        for (const id of accepted) expect(items.map((process) => process.id)).toContain(id);
        // start + 2 pages + 6 items × (limited → delay → end, ordered → end)
        for (const process of items) expect(process).toMatchObject({ status: 'completed', total: 33, done: 33 });
        const ends = (await h.engine.reads.events(0, 1_000)).filter((event) => event.type === 'process.completed');
        expect(ends).toHaveLength(items.length);
        const keys = new Set(h.calls.filter((call) => call.target.action === 'end').map((call) => call.idempotencyKey));
        expect(keys.size).toBe(items.length * 12);
      });
});
