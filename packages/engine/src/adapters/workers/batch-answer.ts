// What a worker answers to a batch while its calls run: lines of JSON, or frames. One that cannot be read answers nothing;
// its calls end with the request.

import { isUtf8 } from 'node:buffer';
import { FrameReader, readFrame } from '@sluice/protocol';

type Taken = (answers: readonly unknown[]) => void;

export interface BatchAnswer {
  take(chunk: Buffer): void;
  end(): void;
}

export function framesOfAnswers(taken: Taken): BatchAnswer {
  const frames = new FrameReader();
  return {
    take(chunk) {
      for (const frame of frames.read(chunk)) tell(taken, () => readFrame(frame, true, isUtf8));
    },
    end() {},
  };
}

export function linesOfAnswers(taken: Taken): BatchAnswer {
  const decoder = new TextDecoder();
  /** What came after the last full line. */
  let rest: string[] = [];
  const take = (text: string): void => {
    rest.push(text);
    // A long line comes in many pieces: put together once, when its end is here.
    if (!text.includes('\n')) return;
    const lines = rest.join('').split('\n');
    rest = [lines.pop()!];
    for (const line of lines) tell(taken, () => JSON.parse(line));
  };
  return {
    take: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => take('\n'),
  };
}

function tell(taken: Taken, read: () => unknown): void {
  let answers: unknown;
  try {
    answers = (read() as { answers?: unknown } | null)?.answers;
  } catch {
    return;
  }
  if (Array.isArray(answers)) taken(answers);
}
