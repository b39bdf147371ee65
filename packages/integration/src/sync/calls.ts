// Calls of actions that are answered at once: no queue in between, nothing stored. The surfaces that use it — the
// synchronous API, tools, gateway routes — differ in how they read a request and write an answer, and in nothing else.

import { randomUUID } from 'node:crypto';
import type { Limiter } from '@sluice/engine';
import { type Action, type Body, type Headers, SluiceError, type StepCall, type StepKind } from '@sluice/protocol';
import type { Workers } from '../applications/workers.ts';
import { judge, limitReached, type SyncAnswer } from './judge.ts';

/** Stands where a message names its topology; no topology can be called so. */
const NO_TOPOLOGY = '~sync';
export const DEFAULT_TIMEOUT_MS = 60_000;
export const DEFAULT_WAIT_MS = 2_000;

export interface ActionRequest {
  readonly worker: string;
  readonly action: string;
  /** Needed only where a worker has actions of several kinds under one name. */
  readonly kind?: StepKind | undefined;
  readonly body: Body;
  readonly contentType: string;
  readonly headers?: Headers;
  readonly user?: string | undefined;
  /** Where a batch goes on. */
  readonly cursor?: string | null | undefined;
  /** For the whole call, the wait for a permit not counted. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** How long it may wait for a permit. Default 2 s. */
  readonly waitMs?: number | undefined;
  /** Given to the remote side, so that a second call has no second effect. Default: a new one. */
  readonly idempotencyKey?: string | undefined;
  /** The caller is gone. */
  readonly signal?: AbortSignal | undefined;
}

export type Limits = Pick<Limiter, 'acquire' | 'pause'>;

export class SyncCalls {
  readonly #workers: Workers;
  readonly #limits: Limits;
  readonly #now: () => number;

  constructor(workers: Workers, limits: Limits, now: () => number) {
    this.#workers = workers;
    this.#limits = limits;
    this.#now = now;
  }

  /** @throws SluiceError with the code of the step, or `sync.…`, `limit.reached`, `worker.unknown` */
  async call(request: ActionRequest): Promise<SyncAnswer> {
    const { worker, user = 'default', timeoutMs = DEFAULT_TIMEOUT_MS, waitMs, signal } = request;
    const { kind, name } = this.#find(request);
    const id = request.idempotencyKey ?? randomUUID();
    const call: StepCall = {
      target: { topology: NO_TOPOLOGY, version: 0, node: name, kind, action: name, followers: [] },
      idempotencyKey: id,
      processId: `sync-${id}`,
      processStartedAt: this.#now(),
      messageId: id,
      parentId: null,
      attempt: 1,
      user,
      headers: request.headers ?? {},
      contentType: request.contentType,
      body: request.body,
      cursor: request.cursor ?? null,
    };
    const keys = this.#workers.limits(worker, call.target, user);
    const settle = await this.permit(keys, { user, waitMs, signal });
    try {
      const result = await this.#workers.call(worker, call, timeoutMs, signal);
      if (result.kind === 'limit' && !result.own) await this.full(keys, result.untilMs);
      return judge(worker, result, this.#now());
    } finally {
      settle();
    }
  }

  /**
   * One permit of each key, waited for in line.
   * @returns to be called when what it was for has ended
   * @throws SluiceError `limit.reached`
   */
  async permit(
    keys: readonly string[],
    { user, waitMs = DEFAULT_WAIT_MS, signal }: Pick<ActionRequest, 'waitMs' | 'signal'> & { readonly user: string },
  ): Promise<() => void> {
    if (keys.length === 0) return () => {};
    const acquired = await this.#limits.acquire(keys, { user, waitMs, signal });
    if (acquired.granted) return acquired.settle;
    throw limitReached(
      `The limit of this application is used up for the moment, and the call did not get its turn within ${waitMs} ms.`,
      acquired.retryAfterMs,
    );
  }

  /** The service said that it is full: all who use its first key wait. */
  async full(keys: readonly string[], untilMs: number | undefined): Promise<void> {
    if (keys.length > 0) await this.#limits.pause(keys[0]!, untilMs);
  }

  /** @throws SluiceError `worker.unknown`, `sync.action_unknown`, `sync.away` */
  #find({ worker, action, kind }: ActionRequest): Action {
    const offering = this.#workers.offerings().find((one) => one.worker === worker);
    if (!offering) {
      this.#workers.mustKnow(worker);
      throw new SluiceError('sync.away', { worker, reason: 'it has never been here' });
    }
    const { actions } = offering.manifest;
    const found = actions.find((one) => one.name === action && (kind === undefined || one.kind === kind));
    if (found) return found;
    throw new SluiceError('sync.action_unknown', { worker, action, known: actions.map(({ name }) => name).sort() });
  }
}
