import type { Answer, CallTarget, WireCall, Work } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { CustomNode, type Message, route } from '../index.ts';
import { Catalogue } from '../step/catalogue.ts';
import type { Context } from '../step/context.ts';
import { systemHost } from '../step/host.ts';
import { WorkRunner } from './work.ts';

const target = (action: string): CallTarget & { timeoutMs: number } => ({
  ...{ topology: 't', version: 1, node: action, kind: 'custom', action, timeoutMs: 1_000 },
  followers: [{ id: 'x', name: 'X' }],
});
const CALL: WireCall = {
  ...{ call: 7, target: 0, messageId: 'p.1', processId: 'p', processStartedAt: 1, parentId: null },
  ...{ user: 'ann', contentType: 'application/json', body: '[]', headers: { tenant: 'z' } },
  chain: [
    { target: 1, messageId: 'p.2' },
    { target: 2, messageId: 'p.3' },
  ],
};

interface Seen {
  readonly action: string;
  readonly key: string;
  readonly user: string;
  readonly headers: object;
  readonly body: unknown;
}

/** Runs a call whose chain leads through steps `a`, `b`, `c`; each is a function. */
function runner(steps: Record<string, (message: Message, context: Context) => unknown>) {
  const seen: Seen[] = [];
  const groups: (readonly Answer[])[] = [];
  class Step extends CustomNode {
    readonly name: string;
    constructor(name: string) {
      super();
      this.name = name;
    }
    process(message: Message, context: Context): unknown {
      const { user, headers } = message;
      seen.push({ action: this.name, key: context.idempotencyKey, user, headers, body: message.json() });
      return steps[this.name]!(message, context);
    }
  }
  const catalogue = new Catalogue({ steps: Object.keys(steps).map((name) => new Step(name)) });
  let ended!: () => void;
  const done = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const work: WorkRunner = new WorkRunner(
    catalogue,
    systemHost(() => {}),
    (answers) => {
      groups.push(answers);
      if (work.open === 0) ended();
    },
  );
  const take = (call: Partial<WireCall> = {}): Promise<void> => {
    work.take({ targets: ['a', 'b', 'c'].map(target), calls: [{ ...CALL, ...call }] } as Work);
    return done;
  };
  return { work, seen, groups, take, answers: () => groups.flat() };
}

const add = (name: string) => (message: Message) => [...message.json<string[]>(), name];
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a call with a chain', () => {
  test('runs each step on what the one before it gave, and answers them together', async () => {
    const b = (message: Message) => message.with({ json: ['b'], headers: { seen: 'b' }, user: 'bob' });
    const r = runner({ a: add('a'), b, c: add('c') });
    await r.take();
    const same = { headers: { tenant: 'z' }, user: 'ann' };
    expect(r.seen).toEqual([
      { action: 'a', key: 'p.1', body: [], ...same },
      { action: 'b', key: 'p.2', body: ['a'], ...same },
      {
        ...{ action: 'c', key: 'p.3', body: ['b'], user: 'bob' },
        headers: expect.objectContaining({ seen: 'b' }),
      },
    ]);
    expect(r.groups).toHaveLength(1);
    expect(r.answers().map(({ wentOnAfterMs }) => wentOnAfterMs)).toEqual([
      expect.any(Number),
      expect.any(Number),
      undefined,
    ]);
  });

  test('ends at a step that does anything but forward to all followers', async () => {
    const other = [() => route([], 'X'), () => Promise.reject(new Error('no')), () => 5n];
    for (const b of other) {
      const r = runner({ a: add('a'), b, c: add('c') });
      await r.take();
      expect(r.seen.map(({ action }) => action)).toEqual(['a', 'b']);
      expect(r.answers().map(({ wentOnAfterMs }) => wentOnAfterMs !== undefined)).toEqual([true, false]);
    }
  });

  test('ends after a step that waited: others may want the room that the platform keeps', async () => {
    const a = async (message: Message) => {
      await wait(20);
      return add('a')(message);
    };
    const r = runner({ a, b: add('b'), c: add('c') });
    await r.take();
    expect(r.answers()).toEqual([{ call: 7, outcome: expect.objectContaining({ kind: 'forward' }) }]);
  });

  test('does not end after a step that only worked long', async () => {
    const a = (message: Message) => {
      for (const until = Date.now() + 20; Date.now() < until; );
      return add('a')(message);
    };
    const r = runner({ a, b: add('b'), c: add('c') });
    await r.take();
    expect(r.answers()).toHaveLength(3);
    expect(r.answers()[0]!.wentOnAfterMs).toBeGreaterThanOrEqual(20);
  });

  test('a worker that leaves, a call that is forgotten and a link that is lost go no further', async () => {
    for (const stop of [
      (work: WorkRunner) => work.leave(),
      (work: WorkRunner) => work.forget(7, 'nobody waits'),
      (work: WorkRunner) => work.stop('lost'),
    ]) {
      const a = (message: Message) => {
        stop(r.work);
        return add('a')(message);
      };
      const r = runner({ a, b: add('b'), c: add('c') });
      void r.take();
      await wait(10);
      expect(r.seen.map(({ action }) => action)).toEqual(['a']);
      expect(r.answers().every(({ wentOnAfterMs }) => wentOnAfterMs === undefined)).toBe(true);
    }
  });
});
