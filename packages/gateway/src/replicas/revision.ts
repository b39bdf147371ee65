// Which state of some records it is, so that a process learns of changes that another one made.
//
// Whoever changes them writes a new revision in the same transaction. A process looks at that one record only, and reads
// everything again when it is another one; its own changes as well, because one of somebody else may have come between.

import { randomUUID } from 'node:crypto';
import type { Log, RecordChange } from '@sluice/engine';
import type { Records } from '../ports/ports.ts';

const REVISIONS = 'gateway-revision';

export class Revision {
  readonly #records: Records;
  readonly #name: string;
  readonly #log: Log;
  #known: string | null = null;
  #timer: NodeJS.Timeout | null = null;
  #look: Promise<void> | null = null;

  constructor(records: Records, name: string, log: Log) {
    this.#records = records;
    this.#name = name;
    this.#log = log;
  }

  /** To be written with every change. */
  next(): RecordChange {
    return { collection: REVISIONS, key: this.#name, value: { revision: randomUUID() } };
  }

  /** Call `changed` when somebody wrote a revision, at the latest `everyMs` later. */
  watch(everyMs: number, changed: () => Promise<void>): void {
    this.#timer = setInterval(() => {
      this.#look ??= this.#once(changed).finally(() => {
        this.#look = null;
      });
    }, everyMs);
    this.#timer.unref();
  }

  /** Resolved when no look is under way. */
  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#look;
  }

  async #once(changed: () => Promise<void>): Promise<void> {
    try {
      const found = await this.#records.get<{ revision: string }>(REVISIONS, this.#name);
      const revision = found?.revision ?? null;
      if (revision === this.#known) return;
      await changed();
      this.#known = revision;
    } catch (error) {
      // What was known before goes on to hold; the next look repeats it.
      this.#log.error('Changes by other processes could not be read.', { what: this.#name, error });
    }
  }
}
