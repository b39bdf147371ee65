import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { RedoLog } from './redo-log.ts';

describe('redo log', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'sluice-redo-'));
    folders.push(made);
    return made;
  };
  const write = (log: RedoLog, number: number, text: string): void => {
    log.reserve(text.length);
    log.append(number, [Buffer.from(text)]);
  };
  const read = (directory: string): string[] =>
    [...new RedoLog(directory).read()].map(({ number, body }) => `${number} ${body}`);

  test('what was appended is read in order, and the log goes on behind it', () => {
    const directory = folder();
    const log = new RedoLog(directory);
    write(log, 1, 'one');
    write(log, 2, 'two');
    log.syncNow();
    const again = new RedoLog(directory);
    expect([...again.read()].map(({ number }) => number)).toEqual([1, 2]);
    write(again, 3, 'three');
    expect(read(directory)).toEqual(['1 one', '2 two', '3 three']);
  });

  test('what stands at the end of a record can be looked at again, wherever and as far as somebody looks', () => {
    const log = new RedoLog(folder());
    const head = Buffer.from('head');
    const tail = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));
    log.reserve(head.length + tail.length);
    const end = log.append(1, [head, tail]);
    write(log, 2, 'two');
    const seen = log.tail(end, tail.length);
    const parts = [
      ...[
        [0, 10],
        [10, 30],
        [5, 8],
        [70_000, 150_000],
        [0, 200_000],
        [199_999, 200_000],
        [100, 100],
      ],
    ] as const;
    for (const [start, to] of parts) expect(tail.subarray(start, to).equals(seen.subarray(start, to))).toBe(true);
  });

  test('who looks again at what is no longer there is told', () => {
    const directory = folder();
    const log = new RedoLog(directory);
    const body = Buffer.concat([Buffer.alloc(100_000, 'a'), Buffer.alloc(100_000, 'b')]);
    log.reserve(body.length);
    const seen = log.tail(log.append(1, [body]), body.length);
    expect(String(seen.subarray(0, 3))).toBe('aaa');
    truncateSync(join(directory, 'redo.log'), 0);
    for (let time = 0; time < 2; time++) expect(() => seen.subarray(150_000, 150_003)).toThrow('shorter');
    expect(String(seen.subarray(0, 3))).toBe('aaa');
  });

  test('a sync is waited for where the disk is quick, and handed over where it is not', async () => {
    const log = new RedoLog(folder());
    write(log, 1, 'one');
    /** @returns whether it was over at once */
    const sync = (): Promise<boolean> =>
      new Promise((resolve, reject) => {
        let returned = false;
        log.sync((error) => (error ? reject(error) : resolve(!returned)));
        returned = true;
      });
    expect(await sync()).toBe(true);
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
    try {
      const slow: boolean[] = [];
      for (let count = 0; count < 300; count++) slow.push(await sync());
      const first = slow.indexOf(false);
      expect(first).toBeGreaterThan(0);
      // One that took long says little, some of them do; and the disk is tried again later.
      expect(slow.lastIndexOf(true)).toBeGreaterThan(first);
      expect(slow.filter((atOnce) => atOnce).length).toBeLessThan(50);
    } finally {
      clock.mockRestore();
    }
  });

  test('a torn record ends it, whatever byte was lost', () => {
    const directory = folder();
    const log = new RedoLog(directory);
    write(log, 1, 'whole');
    const start = log.bytes;
    write(log, 2, 'torn in its middle');
    const file = join(directory, 'redo.log');
    const whole = readFileSync(file);
    for (let at = start; at < log.bytes; at++) {
      const torn = Buffer.from(whole);
      torn[at] = torn[at]! ^ 0xff;
      writeFileSync(file, torn);
      expect(read(directory)).toEqual(['1 whole']);
    }
    truncateSync(file, start + 10);
    expect(read(directory)).toEqual(['1 whole']);
  });

  test('records of an earlier round behind the last one are no records', () => {
    const directory = folder();
    const log = new RedoLog(directory);
    for (let number = 1; number <= 5; number++) write(log, number, `record ${number}`);
    log.rewind();
    write(log, 6, 'record 6');
    write(log, 7, 'record 7');
    expect(read(directory)).toEqual(['6 record 6', '7 record 7']);
  });

  test('a record that survived a torn one is not taken for the successor of what was written in its place', () => {
    const directory = folder();
    const log = new RedoLog(directory);
    write(log, 1, 'one');
    const torn = log.bytes;
    write(log, 2, 'two');
    write(log, 3, 'three');
    const file = openSync(join(directory, 'redo.log'), 'r+');
    writeSync(file, Buffer.alloc(1, 0xff), 0, 1, torn + 90 - 8);
    closeSync(file);
    const again = new RedoLog(directory);
    expect([...again.read()].map(({ number }) => number)).toEqual([1]);
    write(again, 2, 'TWO');
    expect(read(directory)).toEqual(['1 one', '2 TWO']);
  });

  test('a record that does not fit is refused before anything is written', () => {
    const directory = folder();
    const log = new RedoLog(directory, 1_000);
    write(log, 1, 'x'.repeat(500));
    expect(() => write(log, 2, 'y'.repeat(500))).toThrow('full');
    expect(read(directory)).toEqual([`1 ${'x'.repeat(500)}`]);
    log.rewind();
    write(log, 2, 'z');
    expect(read(directory)).toEqual(['2 z']);
  });

  test('a file that is no log holds no records', () => {
    const directory = folder();
    writeFileSync(
      join(directory, 'redo.log'),
      Buffer.from('DLUS\xff\xff\xff\xff, and what else may be in a file', 'latin1'),
    );
    expect(read(directory)).toEqual([]);
  });
});
