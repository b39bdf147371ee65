// Callers that hold their connection open until a process answers or ends (`?wait=`).

import type { Answer, ProcessStatus } from '../core/step.ts';

export type Awaited =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | {
      readonly kind: 'ended';
      readonly status: ProcessStatus;
      readonly code: string | null;
      readonly reason: string | null;
    };

interface Waiter {
  readonly resolve: (result: Awaited) => void;
  trouble: { code: string; reason: string } | null;
}

export class Waiters {
  readonly #waiting = new Map<string, Waiter>();

  /** Call before the process can begin; the result may come at once. */
  expect(processId: string): Promise<Awaited> {
    return new Promise((resolve) => this.#waiting.set(processId, { resolve, trouble: null }));
  }

  give(processId: string, result: Awaited): void {
    this.#waiting.get(processId)?.resolve(result);
    this.#waiting.delete(processId);
  }

  forget(processId: string): void {
    this.#waiting.delete(processId);
  }

  answered(processId: string, answer: Answer): void {
    this.give(processId, { kind: 'answer', answer });
  }

  trashed(processId: string, { code, reason }: { code: string; reason: string }): void {
    const waiter = this.#waiting.get(processId);
    if (waiter) waiter.trouble = { code, reason };
  }

  ended(processId: string, status: ProcessStatus): void {
    const trouble = this.#waiting.get(processId)?.trouble;
    this.give(processId, { kind: 'ended', status, code: trouble?.code ?? null, reason: trouble?.reason ?? null });
  }
}
