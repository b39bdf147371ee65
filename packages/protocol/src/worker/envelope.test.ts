import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallResult, Outcome, StepCall } from '../index.ts';
import {
  asciiJson,
  decodeAnswer,
  decodeCall,
  encodeCall,
  encodeOutcome,
  outcomeFault,
  ownHeaders,
  RESULT_HEADERS,
} from '../index.ts';

const CALL: StepCall = {
  idempotencyKey: 'p1.m1',
  processId: 'p1',
  processStartedAt: 1_700_000_000_000,
  messageId: 'p1.m1',
  parentId: null,
  attempt: 1,
  user: 'ann',
  headers: { own: 'yes' },
  contentType: 'application/json',
  body: '{"a":1}',
  cursor: null,
  target: {
    topology: 'orders',
    version: 3,
    node: 'n1',
    kind: 'custom',
    action: 'work',
    followers: [{ id: 'x', name: 'X' }],
  },
};
const BATCH_CALL: StepCall = { ...CALL, target: { ...CALL.target, kind: 'batch' } };
const envelope = (headers: Record<string, unknown>, body: unknown = '{}'): string => JSON.stringify({ headers, body });
const answer = (code: number | string, headers: Record<string, unknown> = {}, body: unknown = '{}'): CallResult =>
  decodeAnswer(CALL, 200, envelope({ 'result-code': code, 'result-message': 'why', ...headers }, body));

describe('what an http answer means', () => {
  test('codes of the existing wire', () => {
    expect(answer('0')).toMatchObject({ kind: 'forward', item: { body: '{}' } });
    expect(answer(1001, { 'repeat-interval': '60', 'repeat-max-hops': 10 })).toMatchObject({
      kind: 'redeliver',
      reason: 'why',
      delayMs: 60_000,
      attempts: 10,
    });
    expect(answer(1002, { 'force-target-queue': 'a, b' })).toMatchObject({ kind: 'forward', followers: ['a', 'b'] });
    expect(answer(1003)).toEqual({ kind: 'stop', reason: 'why' });
    expect(answer(1004)).toEqual({ kind: 'limit', reason: 'why' });
    expect(answer(1006)).toEqual({ kind: 'fail', reason: 'why' });
    expect(answer(2001)).toMatchObject({ kind: 'forward' });
    expect(answer('not a number')).toMatchObject({ kind: 'forward' });
  });

  test('a batch answers items, with or without a cursor', () => {
    const items = JSON.stringify([
      { headers: null, body: '1' },
      { headers: { h: 'v', user: 'bob' }, body: 'raw' },
    ]);
    const batch = (code: number, headers = {}): CallResult =>
      decodeAnswer(BATCH_CALL, 200, envelope({ 'result-code': code, own: 'kept', ...headers }, items));
    expect(batch(0)).toMatchObject({
      kind: 'split',
      items: [
        { body: '1', headers: { own: 'kept' } },
        { body: 'raw', user: 'bob', headers: { h: 'v' } },
      ],
    });
    expect(batch(1010, { cursor: '2' })).toMatchObject({ kind: 'split', items: [{}, {}], cursor: '2' });
    expect(batch(1011, { cursor: '2' })).toMatchObject({ kind: 'split', items: [], cursor: '2' });
    expect(decodeAnswer(BATCH_CALL, 200, envelope({ 'result-code': 0 }, '{}'))).toMatchObject({
      kind: 'malformed',
    });
  });

  test('the HTTP status comes before the code: a stale 0 with status 400 is a refusal', () => {
    expect(
      decodeAnswer(CALL, 400, envelope({ 'result-code': '0', 'result-message': 'Error occurred: boom' })),
    ).toMatchObject({
      kind: 'malformed',
      code: 'worker.refused',
      reason: expect.stringContaining('boom'),
    });
  });

  test('500 with an HTML page, 503 and 429 are tried again, Retry-After is kept', () => {
    expect(decodeAnswer(CALL, 500, '<html>oops</html>')).toMatchObject({ kind: 'unanswered' });
    expect(decodeAnswer(CALL, 503, '', 7_000)).toMatchObject({ kind: 'unanswered', retryAfterMs: 7_000 });
    expect(decodeAnswer(CALL, 429, '')).toMatchObject({ kind: 'unanswered' });
  });

  test.each([
    '',
    '<html>hello</html>',
    'null',
    '[]',
    '5',
    '{"headers":{}}',
    '{"headers":{"result-code":"0"},"body":{}}',
    '{"headers":{"result-code":"0"}',
  ])('an answer that means nothing is named and kept: %s', (text) => {
    expect(decodeAnswer(CALL, 200, text)).toMatchObject({ kind: 'malformed', code: 'worker.answer_malformed' });
  });

  test('identity and result headers of an answer never become headers of the message', () => {
    const result = answer(0, { 'correlation-id': 'forged', 'node-id': 'forged', 'repeat-hops': '4', own: 'new' });
    expect(result).toMatchObject({ item: { headers: { own: 'new' } } });
    expect(ownHeaders({ 'Process-Id': 'x', A: 1, b: null, c: { d: 1 } })).toEqual({ A: '1', c: '{"d":1}' });
  });

  test('the mark of a base64 call, echoed beside another body, damages nothing', () => {
    const bytes = new Uint8Array([0, 255, 1]);
    const sent: StepCall = { ...CALL, body: bytes };
    const echoed = { 'result-code': '0', 'sluice-body-encoding': 'base64' };
    const bodyOf = (headers: object, body: string): unknown => {
      const result = decodeAnswer(sent, 200, envelope({ ...echoed, ...headers }, body));
      return result.kind === 'forward' && result.item.body;
    };
    expect(bodyOf({}, '{"size":3}')).toBe('{"size":3}');
    expect(bodyOf({}, 'abcd')).toBe('abcd');
    expect(bodyOf({}, Buffer.from(bytes).toString('base64'))).toBe(bytes);
    expect(bodyOf({ 'sluice-result-encoding': 'base64' }, 'AAE=')).toEqual(new Uint8Array([0, 1]));
  });

  test('1002 without a target is malformed: a message never goes to nobody', () => {
    for (const headers of [{}, { 'force-target-queue': '' }, { 'force-target-queue': ' , ' }])
      expect(answer(1002, headers)).toMatchObject({ kind: 'malformed', code: 'worker.answer_malformed' });
  });

  test('a page of a batch keeps the owner that the worker gave it', () => {
    const page = envelope({ 'result-code': 1010, cursor: '2', user: 'bob' }, '[]');
    expect(decodeAnswer(BATCH_CALL, 200, page)).toMatchObject({ kind: 'split', user: 'bob', cursor: '2' });
  });

  test('hostile text never throws, whatever the kind of node', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 100, max: 599 }),
        fc.constantFrom('custom', 'batch', 'connector'),
        (text, status, kind) => {
          expect(
            decodeAnswer({ ...CALL, target: { ...CALL.target, kind: kind as 'custom' } }, status, text).kind,
          ).toBeTypeOf('string');
        },
      ),
    );
  });
});

describe('a call on the wire', () => {
  test('says which attempt it is only from the second on, and never carries a result', () => {
    const headersOf = (call: StepCall): object => (JSON.parse(encodeCall(call)) as { headers: object }).headers;
    expect(headersOf(CALL)).not.toHaveProperty('repeat-hops');
    expect(headersOf({ ...CALL, attempt: 3 })).toMatchObject({ 'repeat-hops': '3', attempt: '3' });
    for (const name of RESULT_HEADERS) expect(headersOf(CALL)).not.toHaveProperty(name);
  });

  test('is ASCII only, whatever the body says', () => {
    const text = encodeCall({ ...CALL, body: '{"name":"Müller 😀 山田"}' });
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect(decodeCall('custom', 'work', JSON.parse(text))).toMatchObject({ body: '{"name":"Müller 😀 山田"}' });
  });

  test('comes back as it was, text and bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()),
        fc.option(fc.string({ minLength: 1 })),
        fc.integer({ min: 1, max: 99 }),
        (body, cursor, attempt) => {
          const call: StepCall = { ...CALL, body, cursor, attempt };
          expect(decodeCall('custom', 'work', JSON.parse(encodeCall(call)))).toEqual(call);
        },
      ),
    );
  });

  test('every outcome survives the http wire', () => {
    const outcomes: Outcome[] = [
      { kind: 'forward', item: { body: 'text', headers: { a: 'b' }, contentType: 'text/plain', user: 'bob' } },
      { kind: 'forward', item: { body: new Uint8Array([0, 255]), headers: {} }, followers: ['x'] },
      { kind: 'redeliver', reason: 'busy', delayMs: 1_500, attempts: 4, headers: {} },
      { kind: 'limit', reason: 'full', untilMs: 1_800_000_000_000 },
      { kind: 'hold', reason: 'look' },
      { kind: 'stop', reason: 'enough' },
      { kind: 'fail', reason: 'no' },
    ];
    for (const outcome of outcomes)
      expect(decodeAnswer(CALL, 200, encodeOutcome(CALL, outcome))).toMatchObject(outcome);
  });

  test('line breaks of a reason become spaces', () => {
    expect(decodeAnswer(CALL, 200, encodeOutcome(CALL, { kind: 'fail', reason: 'two\nlines' }))).toEqual({
      kind: 'fail',
      reason: 'two lines',
    });
    expect(asciiJson({ a: '\u2028' })).toBe('{"a":"\\u2028"}');
  });
});

describe('outcomes on the link', () => {
  test('sound ones pass, anything else is named', () => {
    expect(outcomeFault({ kind: 'forward', item: { body: 'x' } })).toBeNull();
    expect(outcomeFault({ kind: 'split', items: [{ body: { b64: 'AA==' } }], cursor: 'c' })).toBeNull();
    for (const bad of [
      null,
      1,
      {},
      { kind: 'forward' },
      { kind: 'forward', item: {} },
      { kind: 'split', items: [1] },
      { kind: 'redeliver' },
      { kind: 'limit', reason: 'x', untilMs: 'soon' },
      { kind: '__proto__' },
    ])
      expect(outcomeFault(bad)).toBeTypeOf('string');
    fc.assert(fc.property(fc.jsonValue(), (value) => void outcomeFault(value)));
  });
});
