// When a credential was used last: coarse, and written behind, because it is asked for once a year and changes with every
// request.

import type { Log } from '@sluice/engine';
import type { Records } from '../ports/ports.ts';

const USES = 'gateway-credential-use';
const COARSE_MS = 600_000;

export class LastUse {
  readonly #records: Records;
  readonly #log: Log;
  readonly #at = new Map<string, number>();
  readonly #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(records: Records, log: Log) {
    this.#records = records;
    this.#log = log;
  }

  async start(writeEveryMs: number): Promise<void> {
    for (const { key, value } of await this.#records.list<{ at: number }>(USES)) this.#at.set(key, value.at);
    this.#timer = setInterval(() => void this.write(), writeEveryMs);
    this.#timer.unref();
  }

  saw(id: string, now: number): void {
    const before = this.#at.get(id);
    if (before !== undefined && now - before < COARSE_MS) return;
    this.#at.set(id, now);
    this.#unwritten.add(id);
  }

  of(id: string): number | null {
    return this.#at.get(id) ?? null;
  }

  /** @returns the change that forgets it */
  forget(id: string): { readonly collection: string; readonly key: string; readonly value: null } {
    this.#at.delete(id);
    this.#unwritten.delete(id);
    return { collection: USES, key: id, value: null };
  }

  async write(): Promise<void> {
    const ids = [...this.#unwritten];
    this.#unwritten.clear();
    if (ids.length === 0) return;
    try {
      await this.#records.write(ids.map((id) => ({ collection: USES, key: id, value: { at: this.#at.get(id) ?? 0 } })));
    } catch (error) {
      for (const id of ids) this.#unwritten.add(id);
      this.#log.warn('The last use of credentials could not be written; it is tried again.', { error });
    }
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.write();
  }
}
