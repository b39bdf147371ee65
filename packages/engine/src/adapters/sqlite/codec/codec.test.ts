import { TextBytes } from '@sluice/protocol/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processOf } from '../../../core/message.ts';
import type { AcceptOp, ChainOp, CommitOp, MessageCopy, Op, OpResult, PayloadCopy } from '../operations.ts';
import { content, copy as emission, start } from '../testing/ops.ts';
import { decodeOps, encodeOps } from './ops.ts';
import { decodeReply, encodeReply } from './reply.ts';

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
/** As nearly all are, but for what a test makes different. */
const plainContent: fc.Arbitrary<PayloadCopy> = fc.record({
  row: fc.constant(null),
  body: fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array(), fc.constant(null)),
  blob: fc.constant(null),
  bytes: fc.nat(),
});
const plainAccept: fc.Arbitrary<AcceptOp> = fc
  .tuple(accept, id, word, fc.option(id), plainContent)
  .map(([op, of, queue, parent, payload]) => ({
    ...{ ...op, idempotencyKey: null, bodyDigest: null, replayOf: null, payload },
    emitted: [{ ...emission(of, payload), queue, parent, user: op.user, headers: op.headers }].map((message) => ({
      ...{ ...message, contentType: op.contentType, arrivedAt: op.at, processStartedAt: op.at },
    })),
  }));
const plainCommit: fc.Arbitrary<CommitOp> = fc
  .tuple(commit, fc.array(fc.tuple(message, plainContent), { maxLength: 1 }))
  .map(([op, found]) => {
    const emitted = found.map(([{ id, queue, user, headers, contentType, processStartedAt }, payload]) => ({
      ...{ ...emission(id, payload), queue, user, headers, contentType, processStartedAt },
      ...{ parent: op.id, arrivedAt: op.at },
    }));
    return {
      ...{
        ...op,
        processId: processOf(op.id),
        orderingKey: null,
        from: 0,
        attempt: 0,
        answer: null,
        extras: null,
        emitted,
      },
      delta: { total: emitted.length, done: 1, failed: 0, open: emitted.length - 1 },
      move: { to: 'done' as const, result: 'ended', reason: null },
    };
  });
/** Something that is not plain about one that is, so that each condition is met by itself. */
const oddAccept = fc
  .tuple(plainAccept, fc.subarray(['idempotencyKey', 'bodyDigest', 'replayOf'] as const), message, fc.nat({ max: 9 }))
  .map(([op, members, other, which]): AcceptOp => {
    const [mine] = op.emitted as MessageCopy[];
    const odd = Object.fromEntries(members.map((member) => [member, 'x']));
    const name = (Object.keys(other) as (keyof MessageCopy)[])[which]!;
    return { ...op, ...odd, emitted: [{ ...mine!, [name]: other[name] }] };
  });
const oddCommit = fc
  .tuple(
    plainCommit,
    commit,
    fc.constantFrom(...(['orderingKey', 'from', 'attempt', 'delta', 'move', 'answer'] as const)),
  )
  .map(([op, other, member]): CommitOp => ({ ...op, [member]: other[member] }));

/** Most steps consume what the one before them emitted. */
const chain = fc
  .tuple(fc.array(fc.oneof(commit, plainCommit, oddCommit), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([steps, linked]) => ({
    op: 'chain' as const,
    steps: steps.map((step, index) => {
      const from = [...(steps[index - 1]?.emitted ?? [])].at(-1);
      return linked && from ? { ...step, id: from.id, processId: processOf(from.id) } : step;
    }),
  }));
const op: fc.Arbitrary<Op> = fc.oneof(
  accept,
  plainAccept,
  oddAccept,
  commit,
  plainCommit,
  oddCommit,
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
      { numRuns: 500 },
    );
  });

  test('content that two steps of a chain carry arrives once', () => {
    const shared = content('{"n":1}');
    const [first, second] = fc.sample(plainCommit, 2) as [CommitOp, CommitOp];
    const steps = [first, second].map((step, index) => ({
      ...{ ...step, id: `p.${index}`, processId: 'p', delta: { total: 1, done: 1, failed: 0, open: 0 } },
      emitted: [{ ...emission(`p.${index + 1}`, shared), parent: `p.${index}`, arrivedAt: step.at }],
    }));
    const group = encodeOps([{ op: 'chain', steps }]);
    expect(Buffer.concat(group.contents).toString()).toBe('{"n":1}');
    const [chain] = decodeOps(group) as [ChainOp];
    const [one, two] = chain.steps.map(({ emitted }) => [...emitted][0]!.payload);
    expect(one).toBe(two);
  });

  test('a plain start and plain steps are said in a few values', () => {
    const text = (n: number): string =>
      encodeOps(Array.from({ length: n }, (_, i) => start(`p${i}`, content('x')))).text;
    const values = JSON.parse(text(100)).length - JSON.parse(text(50)).length;
    expect(values / 50).toBeLessThan(12);
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

  test('B14: a chain that the version before logged, where no step says its kind, is read', () => {
    const at = 1_795_711_622_183;
    const words = ['orders/1/erp', 'forwarded', 'orders/1/mail', 'bob', '{}', 'application/json', 'ended'];
    const list = [
      ...[7, words, 5, 2, 'p.m', 0, null, null, 0, 0, at + 5, 5, 1, 1, 0, 0, 1, null, null, null],
      ...[1, 'p.n', 2, null, 0, 3, 4, 5, null, 0, null, null, null, at, -1, null, 1, 7, null, 7],
      ...[null, 2, null, null, 0, 0, at + 9, 5, 0, 1, 0, -1, 6, null, null, null, 0],
    ];
    const group = { text: JSON.stringify(list), contents: [Buffer.from('{"n":2}')] };
    const plain = { ...content('{"n":2}'), bytes: 7 };
    const carried = { ...emission('p.n', plain), queue: 'orders/1/mail', user: 'bob', contentType: 'application/json' };
    const step = {
      ...{ op: 'commit', processId: 'p', orderingKey: null, from: 0, attempt: 0, durationMs: 5 },
      ...{ answer: null, extras: null },
    };
    const [chain] = readable(decodeOps(group)) as [ChainOp];
    expect(chain.steps).toEqual([
      {
        ...{ ...step, id: 'p.m', queue: 'orders/1/erp', at: at + 5, delta: { total: 1, done: 1, failed: 0, open: 0 } },
        move: { to: 'done', result: 'forwarded', reason: null },
        emitted: [{ ...carried, parent: 'p.m', arrivedAt: at + 5, processStartedAt: at }],
      },
      {
        ...{ ...step, id: 'p.n', queue: 'orders/1/mail', at: at + 9 },
        ...{ delta: { total: 0, done: 1, failed: 0, open: -1 }, emitted: [] },
        move: { to: 'done', result: 'ended', reason: null },
      },
    ]);
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
