// What came in at each subscription. Written down a moment later, in one go: a delivery does not wait for its statistics.

import type { RecordStore } from '@sluice/engine';
import type { WebhookView } from '@sluice/protocol';

const COLLECTION = 'webhook-traffic';
const WRITE_MS = 1_000;

export type Traffic = Pick<WebhookView, 'counts' | 'lastDelivery'>;
type Last = NonNullable<Traffic['lastDelivery']>;

const NONE: Traffic = { counts: { started: 0, repeated: 0, refused: 0 }, lastDelivery: null };

export class WebhookTraffic {
  readonly #records: RecordStore;
  readonly #onTrouble: (error: unknown) => void;
  readonly #traffic = new Map<string, Traffic>();
  readonly #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(records: RecordStore, onTrouble: (error: unknown) => void) {
    this.#records = records;
    this.#onTrouble = onTrouble;
  }

  async load(): Promise<void> {
    for (const { key, value } of await this.#records.list<Traffic>(COLLECTION)) this.#traffic.set(key, value);
  }

  of(id: string): Traffic {
    return this.#traffic.get(id) ?? NONE;
  }

  note(id: string, last: Last): void {
    const { counts } = this.of(id);
    this.#traffic.set(id, { counts: { ...counts, [last.result]: counts[last.result] + 1 }, lastDelivery: last });
    this.#writeSoon(id);
  }

  async write(): Promise<void> {
    const ids = [...this.#unwritten];
    this.#unwritten.clear();
    if (ids.length === 0) return;
    await this.#records.write(
      ids.map((key) => ({ collection: COLLECTION, key, value: this.#traffic.get(key) ?? null })),
    );
  }

  forget(id: string): void {
    this.#traffic.delete(id);
    this.#writeSoon(id);
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.write();
  }

  #writeSoon(id: string): void {
    this.#unwritten.add(id);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.write().catch(this.#onTrouble);
    }, WRITE_MS).unref();
  }
}
