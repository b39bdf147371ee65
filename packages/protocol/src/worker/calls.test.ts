import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StepCall } from './call.ts';
import { fromWireCall, outcomeFault, type Work, WorkBuilder, workFault } from './calls.ts';

const target = {
  topology: 't',
  version: 2,
  node: 'n',
  kind: 'batch',
  action: 'a',
  followers: [{ id: 'f', name: 'F' }],
} as const;
const anyCall = fc.record({
  target: fc.constant(target),
  processId: fc.string(),
  processStartedAt: fc.nat(),
  messageId: fc.string(),
  parentId: fc.option(fc.string()),
  attempt: fc.integer({ min: 1, max: 99 }),
  user: fc.string(),
  headers: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
    fc.string(),
  ),
  contentType: fc.string(),
  body: fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array()),
  cursor: fc.option(fc.string()),
});

/** A batch as the other side reads it. */
function travel(calls: readonly StepCall[]): Work {
  const builder = new WorkBuilder();
  for (const [index, call] of calls.entries()) builder.add(index, call, 500);
  return JSON.parse(JSON.stringify(builder.build())) as Work;
}

describe('a batch of calls', () => {
  test('comes back as it was, text and bytes, and says once what all calls of a node share', () => {
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 1, maxLength: 5 }), (made) => {
        const calls = made.map((call): StepCall => ({ ...call, idempotencyKey: call.messageId }));
        const work = travel(calls);
        expect(workFault(work)).toBeNull();
        expect(work.targets).toEqual([{ ...target, timeoutMs: 500 }]);
        const read = work.calls.map((call) => fromWireCall(work.targets[call.target]!, call));
        expect(read.map(({ target: _, ...rest }) => rest)).toEqual(calls.map(({ target: _, ...rest }) => rest));
      }),
    );
  });

  test('damage is found and told, never thrown', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(workFault(JSON.parse(text))).toBeTypeOf('string');
        expect(outcomeFault(JSON.parse(text))).toBeTypeOf('string');
      }),
    );
    const work = travel([{ ...fc.sample(anyCall, 1)[0]!, idempotencyKey: 'k' }]);
    const damaged = (change: object) => workFault({ ...work, calls: [{ ...work.calls[0], ...change }] });
    expect(damaged({ call: 'one' })).toContain('number');
    expect(damaged({ target: 7 })).toContain('no target');
    expect(damaged({ target: '__proto__' })).toContain('no target');
    for (const member of ['messageId', 'body', 'user', 'processStartedAt'])
      expect(damaged({ [member]: null })).toContain('lacks a member');
    expect(damaged({ headers: { a: 1 } })).toContain('another type');
    for (const chain of [{}, [null], [{ target: 9, messageId: 'm' }], [{ target: 0 }]])
      expect(damaged({ chain })).toContain('lacks a member');
    expect(damaged({ chain: [{ target: 0, messageId: 'm' }] })).toBeNull();
    expect(workFault({ ...work, targets: [{ ...work.targets[0], kind: 'eval' }] })).toContain('a target needs');
  });
});
