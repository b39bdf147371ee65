// Installs this worker has asked for, kept for a moment: a thousand messages of one user are one question.

import type { InstallForWorker } from '@sluice/protocol';
import { Install } from '../application/install.ts';
import type { Platform } from './platform.ts';

const KEEP_MS = 30_000;
/** A token that ends within this time is asked for anew. */
const TOKEN_MARGIN_MS = 10_000;
const MOST = 10_000;

interface Kept {
  readonly install: Promise<Install>;
  until: number;
}

export class Installs {
  readonly #platform: Platform;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(platform: Platform, now: () => number) {
    this.#platform = platform;
    this.#now = now;
  }

  /** @throws Fail `install.unknown` and others of the platform, Redeliver */
  get(application: string, user: string): Promise<Install> {
    const key = keyOf(application, user);
    const kept = this.#kept.get(key);
    if (kept && kept.until > this.#now()) return kept.install;
    return this.#keep(key, this.#platform.ask({ ask: 'install', application, user }));
  }

  /** The service refused the token of this install: all who find out at once share the one question. */
  async renewed({ application, user, token }: Install): Promise<Install> {
    const key = keyOf(application, user);
    const rejected = token?.revision ?? 0;
    const kept = await this.#kept.get(key)?.install.catch(() => null);
    if (kept?.token && kept.token.revision > rejected) return kept;
    return this.#keep(key, this.#platform.ask({ ask: 'refresh', application, user, rejected }));
  }

  forget(application: string, user: string): void {
    this.#kept.delete(keyOf(application, user));
  }

  #keep(key: string, asked: Promise<InstallForWorker>): Promise<Install> {
    const kept: Kept = { install: asked.then((view) => new Install(view)), until: Number.POSITIVE_INFINITY };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size > MOST) this.#kept.delete(this.#kept.keys().next().value!);
    kept.install.then(
      ({ token }) => {
        const now = this.#now();
        const tokenEnds = token?.expiresAt == null ? Number.POSITIVE_INFINITY : token.expiresAt - TOKEN_MARGIN_MS;
        kept.until = Math.min(now + KEEP_MS, tokenEnds);
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    return kept.install;
  }
}

const keyOf = (application: string, user: string): string => `${application}\n${user}`;
