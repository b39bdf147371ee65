import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextBytes } from '../text.ts';
import type { Answer, WireOutcome } from './calls.ts';
import { outcomeFault, WorkBuilder, workFault } from './calls.ts';
import { chunkFrame } from './flow.ts';
import { isPacked, packAnswers, unpack } from './packing.ts';

const anyBody = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }), fc.uint8Array());
const anyItem = fc.record({ body: anyBody, contentType: fc.constant('text/plain') });
const anyOutcome: fc.Arbitrary<WireOutcome> = fc.oneof(
  fc.record({ kind: fc.constant('forward' as const), item: anyItem }),
  fc.record({ kind: fc.constant('split' as const), items: fc.array(anyItem) }),
  fc.record({ kind: fc.constant('stop' as const), reason: fc.string() }),
);

const CALL = {
  target: { topology: 't', version: 1, node: 'n', kind: 'custom', action: 'a', followers: [] },
  idempotencyKey: 'm',
  processId: 'p',
  processStartedAt: 1,
  messageId: 'm',
  parentId: null,
  attempt: 1,
  user: 'u',
  headers: {},
  contentType: 'text/plain',
  cursor: null,
} as const;

/** A packed frame by hand. */
function made(json: string, bodies: string | Uint8Array = '', headBytes = Buffer.byteLength(json)): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(headBytes, 4);
  return Buffer.concat([numbers, Buffer.from(json), Buffer.from(bodies)]);
}

describe('a packed frame', () => {
  test('calls come back as they were, text and bytes', () => {
    fc.assert(
      fc.property(fc.array(anyBody, { minLength: 1, maxLength: 6 }), (bodies) => {
        const builder = new WorkBuilder(true);
        for (const [index, body] of bodies.entries()) builder.add(index, { ...CALL, body }, 500);
        const frame = builder.frame() as Uint8Array;
        expect(isPacked(frame)).toBe(true);
        const work = unpack(frame) as { t: string; calls: { body: unknown }[] };
        expect(work.t).toBe('work');
        expect(workFault(work)).toBeNull();
        expect(work.calls.map(({ body }) => body)).toEqual(bodies);
      }),
    );
  });

  test('answers come back as they were, whatever their outcome', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome), (outcomes) => {
        const answers: Answer[] = outcomes.map((outcome, call) => ({ call, outcome }));
        const frame = unpack(packAnswers(answers)) as { t: string; answers: Answer[] };
        expect(frame).toEqual({ t: 'done', answers });
        for (const { outcome } of frame.answers) expect(outcomeFault(outcome)).toBeNull();
      }),
    );
  });

  /** Bodies of the one answer of a frame, its texts kept as bytes where that is possible. */
  const keptOf = (frame: Uint8Array): unknown[] => {
    const [{ outcome }] = (unpack(frame, isUtf8) as { answers: [{ outcome: { items: { body: unknown }[] } }] }).answers;
    expect(outcomeFault(outcome)).toBeNull();
    return outcome.items.map(({ body }) => body);
  };
  const split = (bodies: (string | Uint8Array)[]): Uint8Array =>
    packAnswers([{ call: 1, outcome: { kind: 'split', items: bodies.map((body) => ({ body })) } }]);
  const MANY = Array.from({ length: 300 }, (_, index) => `item ${index}`);

  test('texts of many items stay bytes for whoever wants them so, and say the same', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 256, maxLength: 300 }), (texts) => {
        const kept = keptOf(split(texts));
        expect(kept.every((body) => body instanceof TextBytes)).toBe(true);
        expect(kept.map(String)).toEqual(texts);
      }),
      { numRuns: 20 },
    );
    expect(keptOf(split(MANY.slice(0, 255)))).toEqual(MANY.slice(0, 255));
  });

  test('among bytes, texts of many items are strings', () => {
    const bytes = new Uint8Array([0xff, 0]);
    expect(keptOf(split([...MANY, bytes]))).toEqual([...MANY, bytes]);
  });

  test('texts of many items are looked at once, sound or not', () => {
    for (const last of ['last', new Uint8Array([0xff])]) {
      let looks = 0;
      unpack(split([...MANY, last]), (bytes) => {
        looks++;
        return isUtf8(bytes);
      });
      expect(looks).toBe(1);
    }
  });

  test('what only claims to be text is made text, and no character is cut in two', () => {
    const answer = (places: unknown[]): string =>
      JSON.stringify({
        t: 'done',
        answers: [{ call: 1, outcome: { kind: 'split', items: places.map((body) => ({ body })) } }],
      });
    const ones: unknown[] = Array.from({ length: 300 }, () => 1);
    const rest = 'x'.repeat(300);
    const invalid = Buffer.concat([Buffer.from([0xff]), Buffer.from(rest)]);
    expect(keptOf(made(answer([{ utf8: 1 }, ...ones]), invalid))).toEqual(['\ufffd', ...rest]);
    // The euro sign has three bytes: one here, two there.
    const cut = keptOf(made(answer([{ utf8: 1 }, { utf8: 2 }, ...ones]), `€${rest}`));
    expect(cut.slice(0, 2).every((body) => typeof body === 'string')).toBe(true);
    expect(cut.map(String).join('')).toBe(`\ufffd\ufffd\ufffd${rest}`);
  });

  test('its text is in the frame as it is, once', () => {
    const body = '"quoted" '.repeat(100);
    const frame = packAnswers([{ call: 1, outcome: { kind: 'forward', item: { body } } }]);
    expect(Buffer.from(frame).toString('latin1').split(body)).toHaveLength(2);
  });

  test('a part of a streamed body is none', () => {
    expect(isPacked(chunkFrame(1, Buffer.alloc(100)))).toBe(false);
    expect(isPacked(chunkFrame(2 ** 32 - 1, Buffer.alloc(100)))).toBe(false);
    expect(isPacked(Buffer.alloc(4))).toBe(false);
  });

  test('damage is told in words, and never reads beyond the frame', () => {
    const one = (place: unknown): string => JSON.stringify({ t: 'work', calls: [{ body: place }] });
    expect(() => unpack(made('{}', '', 3))).toThrow('ends before its JSON');
    expect(() => unpack(made('{}', '', 0xffffffff))).toThrow('ends before its JSON');
    expect(() => unpack(made('{"t":'))).toThrow();
    for (const place of [5, -1, 1.5, { utf8: 5 }, { bytes: 5 }, { bytes: '4' }, { utf8: null }])
      expect(() => unpack(made(one(place), 'four'))).toThrow('fewer bytes');
    expect(() => unpack(made(one(3), 'four'))).toThrow('more bytes');
    expect(() => unpack(made('{"t":"work"}', 'four'))).toThrow('more bytes');
    for (const place of [true, null, 'text', { b64: 'AA' }, []])
      expect(unpack(made(one(place)))).toEqual(JSON.parse(one(place)));
    for (const json of ['null', '7', '[]', '{"calls":[null,7]}', '{"answers":[null,{"outcome":{"items":[null]}}]}'])
      expect(unpack(made(json))).toEqual(JSON.parse(json));
  });

  test('no damage does more than throw', () => {
    const sound = packAnswers([
      { call: 1, outcome: { kind: 'forward', item: { body: 'größe' } } },
      { call: 2, outcome: { kind: 'split', items: [{ body: 'a' }, { body: new Uint8Array([0xff, 0]) }] } },
    ]);
    fc.assert(
      fc.property(fc.nat({ max: sound.length - 1 }), fc.nat({ max: 255 }), fc.nat(), (at, byte, cut) => {
        const damaged = Uint8Array.from(sound);
        damaged[at] = byte;
        for (const frame of [damaged, damaged.slice(0, 8 + (cut % (sound.length - 8)))])
          try {
            unpack(frame);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
      }),
    );
  });
});
