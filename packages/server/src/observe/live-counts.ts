// Where all messages are, for those who watch: asked at most twice a second however many they are.

import type { Engine } from '@sluice/engine';

const FRESH_MS = 500;

export class LiveCounts {
  readonly #engine: Pick<Engine, 'ledger'>;
  #asked = 0;
  #answer: Promise<string> | undefined;

  constructor(engine: Pick<Engine, 'ledger'>) {
    this.#engine = engine;
  }

  /** The ledger as JSON text; the same text as before when nothing has moved. */
  latest(): Promise<string> {
    if (!this.#answer || Date.now() - this.#asked >= FRESH_MS) {
      this.#asked = Date.now();
      this.#answer = this.#engine.ledger().then((ledger) => JSON.stringify(ledger));
    }
    return this.#answer;
  }
}
