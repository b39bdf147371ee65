import { TextBytes } from '@sluice/protocol/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processOf } from '../../core/message.ts';
import { decodeOps, decodeReply, encodeOps, encodeReply } from './codec.ts';
import type { AcceptOp, CommitOp, MessageCopy, Op, OpResult, PayloadCopy } from './operations.ts';
import { content, copy as emission, start } from './testing/ops.ts';

const word = fc.string({ unit: 'grapheme', maxLength: 8 });
const maybe = fc.option(word);
const instant = fc.oneof(fc.constant(1_000), fc.nat());
const id = fc.oneof(
  fc.tuple(word, word).map(([process, own]) => `${process}.${own}`),
  fc.constant('p.m'),
);
const payload: fc.Arbitrary<PayloadCopy> = fc.record({
  row: fc.option(fc.nat()),
  body: fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array(), fc.constant(null)),
  blob: maybe,
  bytes: fc.nat(),
});
const message: fc.Arbitrary<MessageCopy> = fc.record({
  id,
  queue: word,
  held: maybe,
  parent: fc.option(id),
  user: word,
  headers: word,
  contentType: word,
  payload,
  cursor: maybe,
  sameCursor: fc.nat(),
  orderingKey: maybe,
  dueAt: fc.option(instant),
  arrivedAt: instant,
  processStartedAt: instant,
});
const emitted = fc.array(message, { maxLength: 3 });
const accept: fc.Arbitrary<AcceptOp> = fc.record({
  op: fc.constant('accept' as const),
  processId: word,
  topology: word,
  version: fc.nat(),
  startNode: word,
  startQueue: word,
  user: word,
  at: instant,
  idempotencyKey: maybe,
  bodyDigest: maybe,
  replayOf: maybe,
  payload,
  headers: word,
  contentType: word,
  emitted,
  extras: fc.constant(null),
});
const commit: fc.Arbitrary<CommitOp> = fc.record({
  op: fc.constant('commit' as const),
  id,
  queue: word,
  processId: fc.oneof(word, fc.constant('p')),
  orderingKey: maybe,
  from: fc.integer({ min: -1, max: 6 }),
  attempt: fc.nat(),
  at: instant,
  durationMs: fc.nat(),
  delta: fc.record({ total: fc.nat(), done: fc.nat(), failed: fc.integer(), open: fc.integer() }),
  move: fc.oneof(
    fc.record({ to: fc.constant('done' as const), result: word, reason: maybe }),
    fc.record({ to: fc.constant('trash' as const), code: word, reason: word }),
  ),
  answer: fc.option(fc.record({ text: word, payload })),
  extras: fc.option(
    fc.record({
      starts: fc.array(accept, { maxLength: 2 }),
      joins: fc.constant(null),
      timers: fc.constant([]),
      clears: fc.boolean(),
    }),
  ),
  emitted,
});
/** Most steps consume what the one before them emitted. */
const chain = fc.tuple(fc.array(commit, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([steps, linked]) => ({
  op: 'chain' as const,
  steps: steps.map((step, index) => {
    const from = [...(steps[index - 1]?.emitted ?? [])].at(-1);
    return linked && from ? { ...step, id: from.id, processId: processOf(from.id) } : step;
  }),
}));
const op: fc.Arbitrary<Op> = fc.oneof(
  accept,
  commit,
  chain,
  fc.record({ op: fc.constant('release' as const), ids: fc.array(word) }),
);

/** Text that arrived as bytes, as text again. */
const readable = (value: unknown): unknown => {
  if (value instanceof TextBytes) return Buffer.from(value.bytes()).toString();
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(readable);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member)]));
};

describe('groups on their way to the writing thread and into the log', () => {
  test('operations arrive as they were, whatever they have in common', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 5 }), (ops) => {
        expect(readable(decodeOps(encodeOps(ops)))).toEqual(ops);
      }),
    );
  });

  test('what all operations of a group have in common is in it once', () => {
    const [one] = fc.sample(accept, 1);
    const ops = Array.from({ length: 50 }, () => ({ ...one!, topology: 'a-topology', startQueue: 'a-topology/1/in' }));
    expect(encodeOps(ops).text.match(/a-topology/g)).toHaveLength(2);
  });

  test('a message that one step of a chain emits and the next consumes is named once', () => {
    const [one, item] = [fc.sample(commit, 1)[0]!, fc.sample(message, 1)[0]!];
    const steps = ['p.first', 'p.second', 'p.third'].map((name, index, names) => ({
      ...{ ...one, id: name, processId: 'p', answer: null, extras: null },
      emitted: index < 2 ? [{ ...item, id: names[index + 1]!, parent: name }] : [],
    }));
    expect(encodeOps([{ op: 'chain', steps }]).text.match(/p\.second/g)).toHaveLength(1);
  });

  test('B14: a group that an earlier version logged, with everything written out, is read', () => {
    const at = 1_795_711_622_183;
    const body = '{"n":1}';
    // An accepted message and the step that consumes it, as the version before words wrote them.
    const list = [
      ...[1, 'p', 'orders', 1, 'in', 'orders/1/in', 'bob', at, null, null, null, '{}', 'application/json'],
      ...[-1, null, 1, body.length, null, body.length],
      ...[1, 'p.m', 'orders/1/erp', null, 'p.o', 'bob', '{}', 'application/json', null, 0, null, null, at, at, 0, null],
      ...[2, 'p.m', 'orders/1/erp', 'p', null, 0, 0, at + 5, 5, 0, 1, 0, -1, 'ended', null, null, null, 0],
    ];
    const [accepted, step] = readable(decodeOps({ text: JSON.stringify(list), contents: [Buffer.from(body)] })) as Op[];
    const shared = { row: null, body, blob: null, bytes: body.length };
    expect(accepted).toMatchObject({
      ...{ op: 'accept', processId: 'p', topology: 'orders', startQueue: 'orders/1/in', user: 'bob', payload: shared },
      emitted: [
        {
          id: 'p.m',
          queue: 'orders/1/erp',
          parent: 'p.o',
          headers: '{}',
          arrivedAt: at,
          processStartedAt: at,
          payload: shared,
        },
      ],
    });
    expect(step).toMatchObject({
      ...{ op: 'commit', id: 'p.m', queue: 'orders/1/erp', processId: 'p', at: at + 5, durationMs: 5, emitted: [] },
      move: { to: 'done', result: 'ended', reason: null },
    });
  });

  test('texts are looked for where somebody else holds them, and bytes are there without', () => {
    const op: Op = {
      ...start('p', content('täxt')),
      emitted: [emission('p.1', content(new Uint8Array([1, 2, 3]))), emission('p.2', content('b'))],
    };
    const group = encodeOps([op]);
    const [contents] = group.contents;
    const elsewhere = Buffer.from(contents!);
    let where = contents!;
    const [decoded] = decodeOps(group, { subarray: (from, to) => where.subarray(from, to) }) as [AcceptOp];
    where = elsewhere;
    contents!.fill(0);
    expect(String(decoded.payload.body)).toBe('täxt');
    expect([...decoded.emitted].map(({ payload: { body } }) => body)).toEqual([
      expect.toSatisfy((body) => Buffer.from([1, 2, 3]).equals(body)),
      expect.toSatisfy((body) => String(body) === 'b'),
    ]);
  });

  test('results arrive as they were, but for places in the middle of a chain, which nobody needs', () => {
    const result: fc.Arbitrary<OpResult> = fc.record({
      kind: fc.constant('ok' as const),
      ended: fc.option(fc.constantFrom('completed' as const, 'failed' as const)),
      nextDue: fc.option(fc.nat()),
      positions: fc.array(fc.nat(), { minLength: 2, maxLength: 2 }),
      payloads: fc.array(fc.nat(), { minLength: 2, maxLength: 2 }),
      ready: fc.constant([]),
    });
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 4 }), (steps) => {
        const single = steps.map((ok) => ({ ok }));
        expect(decodeReply(encodeReply({ results: single }))).toEqual({ results: single });
        const chain = { ok: { kind: 'ok' as const, steps } };
        const [arrived] = decodeReply(encodeReply({ results: [chain] })).results as [typeof chain];
        expect(arrived.ok.steps.map(({ ended }) => ended)).toEqual(steps.map(({ ended }) => ended));
        expect(arrived.ok.steps.at(-1)).toEqual(steps.at(-1));
      }),
    );
  });
});
