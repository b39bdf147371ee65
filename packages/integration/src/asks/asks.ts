// Answers what workers ask while they work. A worker sees the installs of the applications it offers, and no others.

import { type Ask, AskSchema, SluiceError } from '@sluice/protocol';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { Installs } from '../installs/installs.ts';
import type { SyncCalls } from '../sync/calls.ts';
import { applicationLimitKeys } from '../sync/limits.ts';

export class Asks {
  readonly #catalogue: ApplicationCatalogue;
  readonly #installs: Installs;
  readonly #calls: SyncCalls;

  constructor(catalogue: ApplicationCatalogue, installs: Installs, calls: SyncCalls) {
    this.#catalogue = catalogue;
    this.#calls = calls;
    this.#installs = installs;
  }

  /** @throws SluiceError */
  async answer(worker: string, question: unknown): Promise<unknown> {
    const parsed = AskSchema.safeParse(question);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the question'} ${message}`);
      throw new SluiceError('request.invalid', { problems });
    }
    const ask = parsed.data;
    if (!this.#catalogue.offers(worker, ask.application))
      throw new SluiceError('install.not_yours', { application: ask.application, worker });
    return this.#answer(ask);
  }

  async #answer(ask: Ask): Promise<unknown> {
    const { application, user } = ask;
    switch (ask.ask) {
      case 'install':
        return this.#installs.forWorker(application, user);
      case 'refresh':
        return this.#installs.forWorker(application, user, ask.rejected);
      case 'clear-values':
        await this.#installs.setClear(application, user, ask.values);
        return null;
      case 'permit':
        await this.#calls.permit(applicationLimitKeys(this.#catalogue.find(application).application, user), {
          user,
          waitMs: ask.waitMs,
        });
        return null;
    }
  }
}
