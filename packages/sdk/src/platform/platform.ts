// What a worker can ask of the platform, whatever the transport.

import type { Ask, AskAnswers, AskResult } from '@sluice/protocol';
import { Fail, LimitReached, Redeliver } from '../step/errors.ts';

/** Carries one question; rejects when nobody answered. */
export type AskTransport = (ask: Ask) => Promise<AskResult>;

export class Platform {
  readonly #transport: AskTransport;

  constructor(transport: AskTransport) {
    this.#transport = transport;
  }

  /**
   * @throws Fail with the code of the platform when the question has no answer, Redeliver or LimitReached when it may
   *   have one later
   */
  async ask<A extends Ask['ask']>(question: Extract<Ask, { ask: A }>): Promise<AskAnswers[A]> {
    let result: AskResult;
    try {
      result = await this.#transport(question);
    } catch (cause) {
      throw new Redeliver(`The platform could not be asked (${question.ask}): ${(cause as Error).message}`, { cause });
    }
    if (result.ok) return result.value as AskAnswers[A];
    const { code, detail, hint, status, retryAfterMs } = result.problem;
    if (code === 'limit.reached')
      throw new LimitReached(detail, { own: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    if (status >= 500 || status === 429) throw new Redeliver(`${detail} ${hint}`);
    throw new Fail(`${detail} ${hint}`, { code });
  }
}

/** For a worker that nobody gave a way to the platform. */
export const noPlatform = new Platform(() =>
  Promise.reject(
    new Error('this worker knows no platform. Set SLUICE_URL and SLUICE_TOKEN, or give installs to the test'),
  ),
);
