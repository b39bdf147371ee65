import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isShared } from '../memory.ts';
import { WorkBuilder } from './calls.ts';
import { FRAMES_TYPE, FrameReader, framed, inParts, namesFrames, onlyFrame, pieceOf } from './frames.ts';
import { packAnswers } from './packing.ts';

describe('frames in pieces', () => {
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

  test('what claims to be longer than any frame is passed by, and what follows is read', () => {
    const reader = new FrameReader();
    const length = 256 * 1024 * 1024 + 1;
    const head = Buffer.alloc(4);
    head.writeUInt32BE(length);
    expect([...reader.read(head)]).toEqual([]);
    expect(reader.isTooLong).toBe(true);
    const piece = Buffer.alloc(1024 * 1024);
    for (let left = length; left > 0; left -= piece.length)
      expect([...reader.read(piece.subarray(0, Math.min(piece.length, left)))]).toEqual([]);
    expect(reader.isTooLong).toBe(false);
    expect([...reader.read(framed(Buffer.from('next')))].map(String)).toEqual(['next']);
  });

  test('a long one is put together in memory that threads share, a short one is not', () => {
    for (const bytes of [1_000, 1024 * 1024]) {
      const frame = Buffer.from(Array.from({ length: bytes }, (_, at) => at % 251));
      const written = framed(frame);
      const reader = new FrameReader();
      expect([...reader.read(written.subarray(0, 500))]).toEqual([]);
      const [whole] = reader.read(written.subarray(500));
      expect(frame.equals(whole!)).toBe(true);
      expect(isShared(whole!)).toBe(bytes >= 1024 * 1024);
    }
  });

  test('over the link a long one goes in parts, and a short one as it is', () => {
    for (const bytes of [0, 1, 262_144, 262_145, 600_000]) {
      const frame = Buffer.alloc(bytes, 'ab');
      const messages = [...inParts(frame)];
      if (bytes <= 262_144) {
        expect(messages).toEqual([frame]);
        continue;
      }
      const reader = new FrameReader();
      const frames = messages.flatMap((message) => [...reader.read(pieceOf(message)!)]);
      expect(frames.map((whole) => frame.equals(whole))).toEqual([true]);
      expect(Math.max(...messages.map(({ length }) => length))).toBeLessThan(70_000);
    }
    for (const message of [packAnswers([]), Buffer.from([0, 0, 0, 7, 1]), Buffer.from('abc'), Buffer.alloc(0)])
      expect(pieceOf(message)).toBeNull();
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
