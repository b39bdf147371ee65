// Limits that users fill in for their installs of existing applications (`limiter_form`). The worker knows them, since
// only it can read its settings; it is asked for each user, and again when settings change or after a while.

import { asciiJson, SluiceError } from '@sluice/protocol';
import { type ExistingClient, json, limitsPath, type Place } from './client.ts';
import { type ExistingLimit, limitsIn } from './limiter-keys.ts';
import type { ExistingWorker } from './port.ts';

const TIMEOUT_MS = 10_000;
/** How long an answer counts; changes through this platform count at once. */
const LIFETIME_MS = 30_000;
const MAX_KNOWN = 20_000;

export interface UserLimits {
  /** As the wire writes it, for the header `limiter-key`; empty for none. */
  readonly text: string;
  readonly limits: readonly ExistingLimit[];
}

interface Known {
  readonly limits: Promise<UserLimits>;
  readonly until: number;
}

const NONE: UserLimits = { text: '', limits: [] };

export class ExistingLimits {
  readonly #client: ExistingClient;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor(client: ExistingClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /**
   * Limits of all applications of a worker for a user.
   * @throws SluiceError `application.away` when it cannot be asked
   */
  of(worker: ExistingWorker, user: string): Promise<UserLimits> {
    const key = `${user}\n${worker.worker}`;
    const before = this.#known.get(key);
    if (before && before.until > this.#now()) return before.limits;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    const limits = this.#ask(worker, user);
    const known = { limits, until: this.#now() + LIFETIME_MS };
    this.#known.set(key, known);
    limits.catch(() => {
      if (this.#known.get(key) === known) this.#known.delete(key);
    });
    return limits;
  }

  /** What is known of a user is old. */
  forget(user: string): void {
    for (const key of this.#known.keys()) if (key.startsWith(`${user}\n`)) this.#known.delete(key);
  }

  async #ask(worker: ExistingWorker, user: string): Promise<UserLimits> {
    const applications = worker.offer.applications.map(({ key }) => key);
    if (applications.length === 0) return NONE;
    const place: Place = { worker, application: applications[0]! };
    const body = asciiJson({ user, applications });
    const request = { method: 'POST', path: limitsPath(worker), body, timeoutMs: TIMEOUT_MS };
    const answer = json(await this.#client.send(place, request));
    // A worker that cannot say has its reasons in its log; messages do not wait for that.
    if (!Array.isArray(answer)) return NONE;
    const texts = answer.filter((one): one is string => typeof one === 'string' && one !== '' && isText(one));
    const text = texts.join(';');
    return { text, limits: limitsIn(text, worker.worker) };
  }
}

/** It travels in a header. */
const isText = (text: string): boolean => text.length <= 2_000 && !/[\r\n]/.test(text);

/** Whether the failure of a question is that nobody is there. */
export const isAway = (error: unknown): boolean => error instanceof SluiceError && error.code === 'application.away';
