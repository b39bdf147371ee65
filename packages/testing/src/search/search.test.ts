import { Redeliver } from '@sluice/sdk';
import { describe, expect, test } from 'vitest';
import { chain, connector, custom, shop } from '../flow/fixtures.ts';
import { everyCrash, everyInterleaving, type FlowOptions, remote, testFlow } from '../index.ts';

const STOCK = 'https://stock.example.com/stock';

/** Two orders for the last piece. A careless step asks how many are left before it takes one. */
async function sell(options: FlowOptions): Promise<{ left: number; journal: string }> {
  let left = 1;
  const stock = remote.script([
    { match: `GET ${STOCK}`, answer: () => ({ json: { left } }), times: 'any' },
    { match: `POST ${STOCK}`, answer: () => ({ json: { left: --left } }), times: 'any' },
  ]);
  const careless = connector('take', async (_message, { http }) => {
    const { left } = (await http.send({ url: STOCK })).json<{ left: number }>();
    if (left < 1) return { sold: false };
    await http.send({ url: STOCK, method: 'POST' });
    return { sold: true };
  });
  await using flow = await testFlow(chain({ id: 'take', kind: 'connector' }), {
    workers: shop(careless),
    remote: stock,
    ...options,
  });
  await Promise.all([flow.start('in', { order: 1 }), flow.start('in', { order: 2 })]);
  await flow.settle();
  return { left, journal: await flow.journal() };
}

describe('every interleaving', () => {
  test('B7: a seed reproduces a race: the same seed oversells every time, another one never', async () => {
    const outcomes = new Map<number, number>();
    await everyInterleaving({ seeds: 30 }, async (seed) => void outcomes.set(seed, (await sell({ seed })).left));
    expect(new Set(outcomes.values())).toEqual(new Set([0, -1]));
    for (const [seed, left] of [...outcomes].slice(0, 10)) {
      const [first, again] = [await sell({ seed }), await sell({ seed })];
      expect([first.left, again]).toEqual([left, first]);
    }
  });

  test('the failure says which seed it was and how to run it alone', async () => {
    const oversold = everyInterleaving({ seeds: 30 }, async (seed) => expect((await sell({ seed })).left).toBe(0));
    await expect(oversold).rejects.toThrow(/^Seed \d+ of 30 \(SLUICE_SEED=\d+ runs it alone\): expected -1 to be/);
  });
});

describe('every crash', () => {
  /** Three writes to a ledger of a remote service that knows its keys, or does not. */
  const book = async (crash: FlowOptions['crash'], knowsKeys: boolean): Promise<number> => {
    const booked: string[] = [];
    const bank = remote.script([
      {
        match: 'POST https://bank.example.com/',
        times: 'any',
        answer: ({ headers }) => {
          const key = headers['idempotency-key']!;
          if (!knowsKeys || !booked.includes(key)) booked.push(key);
          return { json: {} };
        },
      },
    ]);
    await using flow = await testFlow(
      chain(
        { id: 'split', kind: 'split', settings: { expression: 'body.parts' } },
        { id: 'wait', kind: 'delay', settings: { delayMs: 86_400_000 } },
        { id: 'slow', settings: { repeat: { attempts: 5, delayMs: 1_000 } } },
        {
          id: 'book',
          kind: 'connector',
          settings: { limit: { amount: 2, windowMs: 60_000 }, orderingKey: 'headers.none' },
        },
      ),
      {
        crash,
        remote: bank,
        workers: shop(
          custom('slow', ({ attempt }) => {
            if (attempt === 1) throw new Redeliver('busy');
          }),
          connector('book', async (_message, { http }) => {
            await http.send({ url: 'https://bank.example.com/', method: 'POST' });
          }),
        ),
      },
    );
    const run = await flow.start('in', { parts: [1, 2, 3] });
    await flow.finish();
    expect(run.status).toBe('completed');
    expect(run.counts).toEqual({ total: 11, done: 11, failed: 0 });
    expect(await flow.ledger()).toMatchObject({ accepted: 1, trash: 0, balanced: true });
    return booked.length;
  };

  test('B7: a crash at every persisted write of a flow, and around every call: it ends the same', async () => {
    const crashes = await everyCrash(async (crash) => expect(await book(crash, true)).toBe(3));
    // Ten messages, each claimed and committed; six calls, three repeated; permits, releases, the start itself.
    expect(crashes).toBeGreaterThan(60);
  });

  test('a step that a repeated call harms is found, and the crash that does it is named', async () => {
    const harmed = everyCrash(async (crash) => expect(await book(crash, false)).toBe(3));
    await expect(harmed).rejects.toThrow(/^Killed at (after-call|before-commit), time \d+: expected 4 to be 3/);
  });

  test('a flow is killed where a test says, and the next engine takes it up', async () => {
    await using flow = await testFlow(chain({ id: 'a' }, { id: 'b' }), { workers: shop(custom('a'), custom('b')) });
    flow.crash({ at: 'before-accept' });
    flow.crash({ at: 'after-commit', occurrence: 1 });
    flow.crash({ at: 'after-call', occurrence: 2 });
    const run = await flow.start('in', { n: 1 });
    await flow.finish();
    expect(run.status).toBe('completed');
    expect((await flow.processes()).length).toBe(1);
    expect(flow.calls.map((call) => call.target.node)).toEqual(['a', 'b', 'b']);
  });
});
