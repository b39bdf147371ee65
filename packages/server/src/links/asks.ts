// A question of a worker and its answer, as both transports carry them.

import { randomUUID } from 'node:crypto';
import type { Log } from '@sluice/engine';
import type { Integration } from '@sluice/integration';
import { type AskResult, SluiceError } from '@sluice/protocol';

/** Never rejects. */
export async function answerAsk(
  asks: Integration['asks'],
  log: Log,
  worker: string,
  question: unknown,
): Promise<AskResult> {
  try {
    return { ok: true, value: await asks.answer(worker, question) };
  } catch (error) {
    if (error instanceof SluiceError) return { ok: false, problem: error.toProblem() };
    const id = randomUUID();
    log.error('A question of a worker broke.', { id, worker, error });
    return { ok: false, problem: new SluiceError('internal.unexpected', { id }).toProblem() };
  }
}
