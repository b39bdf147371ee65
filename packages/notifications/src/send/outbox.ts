// Notices on their way: durable before anybody tries to send them, tried again when that fails, and kept for a while as
// history. What was sent and not yet noted when the process died is sent again, under the same id.

import { randomUUID } from 'node:crypto';
import type { Log, RecordChange, RecordStore } from '@sluice/engine';
import type { DeliveryQuery, DeliveryView } from '@sluice/protocol';
import type { Notice } from '../watch/words.ts';

const COLLECTION = 'notification-delivery';
const MOST_KEPT = 500;
const MOST_ATTEMPTS = 16;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 3_600_000;

export interface Delivery extends DeliveryView {
  readonly notice: Notice;
}

export type Send = (channel: string, id: string, notice: Notice) => Promise<void>;

export class Outbox {
  readonly #records: RecordStore;
  readonly #log: Log;
  readonly #send: Send;
  readonly #now: () => number;
  /** By id, the oldest first. */
  readonly #deliveries = new Map<string, Delivery>();

  constructor(records: RecordStore, log: Log, send: Send, now: () => number) {
    this.#records = records;
    this.#log = log;
    this.#send = send;
    this.#now = now;
  }

  async load(): Promise<void> {
    const stored = await this.#records.list<Delivery>(COLLECTION);
    for (const { value } of [...stored].sort((a, b) => a.value.at - b.value.at)) this.#deliveries.set(value.id, value);
  }

  /** Deliveries to write together with what caused them; they are sent once that is durable. */
  prepare(notice: Notice, channels: readonly string[]): { changes: RecordChange[]; commit: () => void } {
    const made = channels.map(
      (channel): Delivery => ({
        id: randomUUID(),
        rule: notice.rule,
        channel,
        at: notice.at,
        state: 'waiting',
        attempts: 0,
        subject: notice.subject,
        error: null,
        nextTryAt: notice.at,
        notice,
      }),
    );
    const gone = this.#tooMany(made.length);
    return {
      changes: [...made.map((one) => this.#change(one)), ...gone.map((id) => this.#change(null, id))],
      commit: () => {
        for (const id of gone) this.#deliveries.delete(id);
        for (const one of made) this.#deliveries.set(one.id, one);
      },
    };
  }

  /** Try what is due; one channel that hangs holds nobody else up. */
  async sendDue(): Promise<void> {
    const now = this.#now();
    const due = [...this.#deliveries.values()].filter(
      ({ state, nextTryAt }) => state === 'waiting' && nextTryAt !== null && nextTryAt <= now,
    );
    await Promise.all(due.map((delivery) => this.#attempt(delivery)));
  }

  /** Newest first. */
  list({ rule, channel, limit = 100 }: DeliveryQuery): DeliveryView[] {
    return [...this.#deliveries.values()]
      .filter((one) => (rule === undefined || one.rule === rule) && (channel === undefined || one.channel === channel))
      .slice(-limit)
      .reverse()
      .map(({ notice: _, ...view }) => view);
  }

  get waiting(): number {
    return [...this.#deliveries.values()].filter(({ state }) => state === 'waiting').length;
  }

  /** Keep what a person tried by hand. */
  async note(delivery: Omit<Delivery, 'id'> & { id: string }): Promise<void> {
    const gone = this.#tooMany(1);
    await this.#records.write([this.#change(delivery), ...gone.map((id) => this.#change(null, id))]);
    for (const id of gone) this.#deliveries.delete(id);
    this.#deliveries.set(delivery.id, delivery);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const attempts = delivery.attempts + 1;
    let after: Delivery;
    try {
      await this.#send(delivery.channel, delivery.id, delivery.notice);
      after = { ...delivery, attempts, state: 'sent', error: null, nextTryAt: null };
    } catch (error) {
      const reason = (error as Error).message.slice(0, 1_000);
      const given = attempts >= MOST_ATTEMPTS;
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
      after = {
        ...delivery,
        attempts,
        state: given ? 'failed' : 'waiting',
        error: reason,
        nextTryAt: given ? null : this.#now() + wait,
      };
      const { id, channel, rule, subject } = delivery;
      this.#log.warn('A notification was not delivered.', { id, channel, rule, subject, attempts, reason });
    }
    // Even when this cannot be stored it is not sent again before the process ends.
    this.#deliveries.set(delivery.id, after);
    await this.#records.write([this.#change(after)]);
  }

  /** The oldest that are over make room; only where none are, those that wait longest, and that is logged. */
  #tooMany(coming: number): string[] {
    const all = [...this.#deliveries.values()];
    const surplus = Math.max(0, all.length + coming - MOST_KEPT);
    const over = all.filter(({ state }) => state !== 'waiting');
    const waiting = all.filter(({ state }) => state === 'waiting');
    const given = [...over, ...waiting].slice(0, surplus);
    for (const { id, channel, rule, subject, state } of given)
      if (state === 'waiting')
        this.#log.error('A notification is given up: too many wait for their channels.', {
          id,
          channel,
          rule,
          subject,
        });
    return given.map(({ id }) => id);
  }

  #change(value: Delivery | null, id = value?.id ?? ''): RecordChange {
    return { collection: COLLECTION, key: id, value };
  }
}
