// Messages of a broker as pages of a batch, none of them lost: a page is acknowledged when the next one is asked for, which
// is when the platform has it on disk. What was not acknowledged is the broker's to give again, whatever happens here.

import { Fail } from '../step/errors.ts';

/** Messages that a broker gives to whoever acknowledges them. */
export interface Receiver<M> {
  /** Those that are there, at most so many; none when there are none. */
  take(most: number): Promise<readonly M[]>;
  acknowledge(messages: readonly M[]): Promise<void>;
  /** What was not acknowledged goes back to the broker. */
  close(): unknown;
}

export interface PageOptions {
  /** Of the message that the batch works on: the same for each of its pages, and for repeats. */
  readonly key: string;
  readonly cursor: string | null;
  readonly size: number;
  /** The batch ends after so many messages. */
  readonly limit: number;
}

interface Held<M> {
  readonly receiver: Receiver<M>;
  page: number;
  total: number;
  messages: readonly M[];
  idle: NodeJS.Timeout | null;
  turn: Promise<unknown>;
}

const IDLE_MS = 300_000;
const MOST = 1_000;

export class Receivers<M> {
  readonly #held = new Map<string, Held<M>>();
  readonly #idleMs: number;

  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  /** The page behind a cursor; without messages it is the last. A page that is asked for again is given again. */
  async page(
    options: PageOptions,
    open: () => Promise<Receiver<M>>,
  ): Promise<{ items: readonly M[]; cursor?: string }> {
    const { key, cursor } = options;
    const [page, total] = cursor === null ? [0, 0] : cursorIn(cursor);
    const known = this.#held.get(key);
    // Another page than ours or the one before: somebody began anew.
    if (known && known.page !== page && known.page !== page + 1) await this.#end(key);
    const held = this.#held.get(key) ?? (await this.#begin(key, { page, total }, open));
    const mine = held.turn.then(() => this.#next(held, page, options));
    held.turn = mine.catch(() => {});
    return mine;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((key) => this.#end(key)));
  }

  async #begin(
    key: string,
    { page, total }: { page: number; total: number },
    open: () => Promise<Receiver<M>>,
  ): Promise<Held<M>> {
    const [oldest] = this.#held.keys();
    if (this.#held.size >= MOST && oldest !== undefined) await this.#end(oldest);
    const held: Held<M> = { receiver: await open(), page, total, messages: [], idle: null, turn: Promise.resolve() };
    this.#held.set(key, held);
    return held;
  }

  async #next(
    held: Held<M>,
    page: number,
    { key, size, limit }: PageOptions,
  ): Promise<{ items: readonly M[]; cursor?: string }> {
    this.#used(key, held);
    if (held.page === page) {
      try {
        if (held.messages.length > 0) await held.receiver.acknowledge(held.messages);
        held.messages = [];
        held.messages = held.total < limit ? await held.receiver.take(Math.min(size, limit - held.total)) : [];
      } catch (error) {
        await this.#end(key);
        throw error;
      }
      held.page++;
      held.total += held.messages.length;
    }
    if (held.messages.length > 0) return { items: held.messages, cursor: `${held.page}.${held.total}` };
    await this.#end(key);
    return { items: [] };
  }

  #used(key: string, held: Held<M>): void {
    if (held.idle) clearTimeout(held.idle);
    held.idle = setTimeout(() => void this.#end(key), this.#idleMs).unref();
  }

  async #end(key: string): Promise<void> {
    const held = this.#held.get(key);
    if (!held) return;
    this.#held.delete(key);
    if (held.idle) clearTimeout(held.idle);
    try {
      await held.receiver.close();
    } catch {
      // It is gone already, and so the broker has its messages again.
    }
  }
}

function cursorIn(cursor: string): [page: number, total: number] {
  const [, page, total] = /^(\d{1,9})\.(\d{1,12})$/.exec(cursor) ?? [];
  if (page !== undefined && total !== undefined) return [Number(page), Number(total)];
  throw new Fail(`The cursor of a page of messages was expected, got "${cursor.slice(0, 100)}".`);
}
