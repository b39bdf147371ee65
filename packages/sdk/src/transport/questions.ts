// Questions to the platform that wait for their answers.

import type { Ask, AskResult } from '@sluice/protocol';

const ANSWER_MS = 60_000;
const MOST = 10_000;

interface Waiting {
  resolve(result: AskResult): void;
  reject(error: Error): void;
  readonly late: NodeJS.Timeout;
}

export class Questions {
  readonly #send: (id: number, ask: Ask) => void;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(send: (id: number, ask: Ask) => void) {
    this.#send = send;
  }

  /** Rejects when the answer did not come in time, or cannot come any more. */
  put(ask: Ask): Promise<AskResult> {
    if (this.#waiting.size >= MOST)
      return Promise.reject(new Error(`${MOST} questions wait for their answers already`));
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      const late = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`no answer within ${ANSWER_MS / 1000} s`));
      }, ANSWER_MS);
      this.#waiting.set(id, { resolve, reject, late });
      this.#send(id, ask);
    });
  }

  answered(id: number, result: AskResult): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.late);
    this.#waiting.delete(id);
    waiting.resolve(result);
  }

  lost(reason: string): void {
    for (const { reject, late } of this.#waiting.values()) {
      clearTimeout(late);
      reject(new Error(reason));
    }
    this.#waiting.clear();
  }
}
