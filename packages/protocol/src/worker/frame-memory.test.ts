import { beforeEach, describe, expect, test } from 'vitest';
import { frameIsGone, frameMemory, goneWhenSent, LONGEST_WHOLE_BYTES } from './frame-memory.ts';

const BYTES = 100_000;

describe('memory of frames', () => {
  // What other tests left.
  beforeEach(() => {
    for (let left = 0; left < 4; left++) frameMemory(16 * 1024);
  });

  test('of one that is gone it serves for the next that fits, and never that of one that is under way', () => {
    const first = frameMemory(BYTES).fill('a');
    const second = frameMemory(BYTES).fill('b');
    expect(second.buffer).not.toBe(first.buffer);
    frameIsGone(first);
    const longer = frameMemory(BYTES + 1);
    expect(longer.buffer).not.toBe(first.buffer);
    const third = frameMemory(BYTES - 1).fill('c');
    expect(third.buffer).toBe(first.buffer);
    expect(third.length).toBe(BYTES - 1);
    expect(second.equals(Buffer.alloc(BYTES, 'b'))).toBe(true);
    for (const frame of [longer, second, third]) frameIsGone(frame);
  });

  test('who says twice that one is gone does not give the memory to two', () => {
    const frame = frameMemory(BYTES);
    frameIsGone(frame);
    frameIsGone(frame);
    const others = Array.from({ length: 6 }, () => frameMemory(BYTES));
    expect(new Set(others.map(({ buffer }) => buffer)).size).toBe(others.length);
    for (const other of others) frameIsGone(other);
  });

  test('a frame that was sent is gone, and one that could not be sent is not', () => {
    const frame = frameMemory(BYTES);
    goneWhenSent(frame)(new Error('the socket was closed'));
    expect(frameMemory(BYTES).buffer).not.toBe(frame.buffer);
    goneWhenSent(frame)();
    expect(frameMemory(BYTES).buffer).toBe(frame.buffer);
  });

  test('what was never lent is let be, and a burst is not kept', () => {
    const own = Buffer.alloc(BYTES);
    frameIsGone(own);
    const burst = Array.from({ length: 20 }, () => frameMemory(BYTES));
    expect(burst.some(({ buffer }) => buffer === own.buffer)).toBe(false);
    for (const frame of burst) frameIsGone(frame);
    const next = Array.from({ length: 20 }, () => frameMemory(BYTES));
    expect(next.filter(({ buffer }) => burst.some((frame) => frame.buffer === buffer)).length).toBe(4);
  });

  test('short ones and those that go in parts have memory as any other', () => {
    for (const bytes of [0, 1_000, LONGEST_WHOLE_BYTES + 1]) {
      const frame = frameMemory(bytes);
      expect(frame.length).toBe(bytes);
      frameIsGone(frame);
      if (bytes > 4_096) expect(frameMemory(bytes).buffer).not.toBe(frame.buffer);
    }
  });
});
