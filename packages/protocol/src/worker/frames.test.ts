import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WorkBuilder } from './calls.ts';
import { FRAMES_TYPE, FrameReader, framed, namesFrames, onlyFrame } from './frames.ts';
import { packAnswers } from './packing.ts';

describe('frames over http', () => {
  test('they come out whole, whatever pieces they come in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array()),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        (all, cuts) => {
          const written = Buffer.concat(all.map(framed));
          const reader = new FrameReader();
          const read: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < written.length; turn++) {
            const piece = written.subarray(at, at + cuts[turn % cuts.length]!);
            for (const frame of reader.read(piece)) read.push(Uint8Array.from(frame));
            at += piece.length;
          }
          expect(read).toEqual(all);
          expect(reader.left).toBe(0);
        },
      ),
    );
  });

  test('a length that nothing follows is waited for, and takes no memory', () => {
    const reader = new FrameReader();
    const before = process.memoryUsage().arrayBuffers;
    expect([...reader.read(Buffer.from([0xff, 0xff, 0xff, 0xff, 1]))]).toEqual([]);
    expect(reader.left).toBe(5);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  test('a body is one frame, neither less nor more', () => {
    const builder = new WorkBuilder(true);
    const written = framed(builder.frame() as Uint8Array);
    expect(onlyFrame(written)).toEqual({ t: 'work', targets: [], calls: [] });
    const two = Buffer.concat([written, framed(packAnswers([]))]);
    for (const body of [Buffer.alloc(0), written.subarray(0, -1), Buffer.concat([written, Buffer.alloc(1)]), two])
      expect(() => onlyFrame(body)).toThrow('one packed frame');
    expect(() => onlyFrame(framed(Buffer.from('{"targets":[],"calls":[]}')))).toThrow();
  });

  test('they are named among other types, or alone', () => {
    expect(namesFrames(FRAMES_TYPE)).toBe(true);
    expect(namesFrames(`application/json, ${FRAMES_TYPE};q=1`)).toBe(true);
    expect(namesFrames(['text/plain', FRAMES_TYPE])).toBe(true);
    for (const header of [undefined, '', 'application/json', '*/*']) expect(namesFrames(header)).toBe(false);
  });
});
