// Answers what workers ask while they work. A worker sees the installs of the applications it offers, and no others.

import type { DataStore } from '@sluice/engine';
import { type Ask, AskSchema, SluiceError } from '@sluice/protocol';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import { answerData } from '../data/answer.ts';
import { spaceOf } from '../data/space.ts';
import type { Installs } from '../installs/installs.ts';
import type { SyncCalls } from '../sync/calls.ts';
import { applicationLimitKeys } from '../sync/limits.ts';

export class Asks {
  readonly #catalogue: ApplicationCatalogue;
  readonly #installs: Installs;
  readonly #data: DataStore;
  readonly #now: () => number;
  readonly #calls: SyncCalls;

  constructor(parts: {
    catalogue: ApplicationCatalogue;
    installs: Installs;
    data: DataStore;
    calls: SyncCalls;
    now: () => number;
  }) {
    this.#catalogue = parts.catalogue;
    this.#installs = parts.installs;
    this.#data = parts.data;
    this.#now = parts.now;
    this.#calls = parts.calls;
  }

  /** @throws SluiceError */
  async answer(worker: string, question: unknown): Promise<unknown> {
    const parsed = AskSchema.safeParse(question);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the question'} ${message}`);
      throw new SluiceError('request.invalid', { problems });
    }
    const ask = parsed.data;
    if (ask.application !== null && !this.#catalogue.offers(worker, ask.application))
      throw new SluiceError('install.not_yours', { application: ask.application, worker });
    return this.#answer(worker, ask);
  }

  async #answer(worker: string, ask: Ask): Promise<unknown> {
    switch (ask.ask) {
      case 'install':
        return this.#installs.forWorker(ask.application, ask.user);
      case 'refresh':
        return this.#installs.forWorker(ask.application, ask.user, ask.rejected);
      case 'clear-values':
        await this.#installs.setClear(ask.application, ask.user, ask.values);
        return null;
      case 'permit':
        await this.#calls.permit(applicationLimitKeys(this.#catalogue.find(ask.application).application, ask.user), {
          user: ask.user,
          waitMs: ask.waitMs,
        });
        return null;
      case 'data':
        return answerData(this.#data, spaceOf(worker, ask), ask.data, this.#now());
    }
  }
}
