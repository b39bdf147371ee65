// Clients of servers, kept between calls: one for each install, opened once however many steps want it, closed when it was
// idle for a while, when its install changed, when others need the room, and when the worker leaves.

import type { Install } from '../application/install.ts';

export interface ClientSource<C> {
  open(install: Install): Promise<C>;
  /** Never rejects for a client that is gone already. */
  close(client: C): unknown;
  /** Whether it can no longer be used: then it is replaced. */
  broken?(client: C): boolean;
}

interface Kept {
  readonly key: string;
  readonly source: ClientSource<unknown>;
  readonly revision: number;
  readonly client: Promise<unknown>;
  /** Once it is open. */
  opened: unknown;
  users: number;
  retired: boolean;
  idle: NodeJS.Timeout | null;
}

const IDLE_MS = 120_000;
const MOST = 200;
/** A server that does not answer the farewell does not keep the worker from leaving. */
const CLOSING_MS = 5_000;

export class Clients {
  /** Oldest use first. */
  readonly #kept = new Map<string, Kept>();
  readonly #sources = new Map<ClientSource<unknown>, number>();
  readonly #closing = new Set<Promise<unknown>>();
  readonly #idleMs: number;
  readonly #most: number;

  constructor({ idleMs = IDLE_MS, most = MOST }: { readonly idleMs?: number; readonly most?: number } = {}) {
    this.#idleMs = idleMs;
    this.#most = most;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** Work with the client of an install; it stays open at least as long as the work. */
  async use<C, R>(source: ClientSource<C>, install: Install, work: (client: C) => Promise<R>): Promise<R> {
    const kept = this.#take(source as ClientSource<unknown>, install);
    try {
      return await work((await kept.client) as C);
    } finally {
      this.#release(kept);
    }
  }

  /** Close all of them; those in use end with their work. */
  async close(): Promise<void> {
    for (const kept of [...this.#kept.values()]) this.#retire(kept);
    let late: NodeJS.Timeout | undefined;
    const waited = new Promise((resolve) => {
      late = setTimeout(resolve, CLOSING_MS);
    });
    await Promise.race([Promise.all(this.#closing), waited]);
    clearTimeout(late);
  }

  #take(source: ClientSource<unknown>, install: Install): Kept {
    const key = this.#keyOf(source, install);
    let kept = this.#kept.get(key);
    if (kept && (kept.revision !== install.revision || (kept.opened !== undefined && source.broken?.(kept.opened)))) {
      this.#retire(kept);
      kept = undefined;
    }
    kept ??= this.#open(key, source, install);
    kept.users++;
    if (kept.idle) clearTimeout(kept.idle);
    kept.idle = null;
    // Moves to the end: the newest use.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.values();
    if (this.#kept.size > this.#most && oldest) this.#retire(oldest);
    return kept;
  }

  #open(key: string, source: ClientSource<unknown>, install: Install): Kept {
    const { revision } = install;
    const client = source.open(install);
    const kept: Kept = { key, source, revision, client, opened: undefined, users: 0, retired: false, idle: null };
    client.then(
      (opened) => {
        kept.opened = opened;
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    return kept;
  }

  #release(kept: Kept): void {
    kept.users--;
    if (kept.users > 0) return;
    if (kept.retired) this.#closeNow(kept);
    else kept.idle = setTimeout(() => this.#retire(kept), this.#idleMs).unref();
  }

  #retire(kept: Kept): void {
    if (this.#kept.get(kept.key) === kept) this.#kept.delete(kept.key);
    if (kept.retired) return;
    kept.retired = true;
    if (kept.idle) clearTimeout(kept.idle);
    if (kept.users === 0) this.#closeNow(kept);
  }

  #closeNow({ client, source }: Kept): void {
    const closing = client.then((open) => source.close(open)).catch(() => {});
    this.#closing.add(closing);
    void closing.then(() => this.#closing.delete(closing));
  }

  #keyOf(source: ClientSource<unknown>, { application, user }: Install): string {
    const number = this.#sources.get(source) ?? this.#sources.size;
    this.#sources.set(source, number);
    return `${number}\n${application}\n${user}`;
  }
}
