// Tokens of existing workers are renewed before they end, as a system topology did it before: the installs whose token
// ends within five minutes are found in their documents, and the connector of the worker that renews them is called.

import { randomUUID } from 'node:crypto';
import type { Log } from '@sluice/engine';
import { actionPath, decodeAnswer, encodeCall, type StepCall } from '@sluice/protocol';
import type { Place } from './client.ts';
import type { Documents, InstallDocument } from './documents.ts';
import type { ExistingPort } from './port.ts';
import { wordsOf } from './words.ts';

const CONNECTOR = 'refresh-oauth2-token';
const AHEAD_MS = 5 * 60_000;
const TIMEOUT_MS = 60_000;

export interface RefreshParts {
  readonly port: ExistingPort;
  readonly documents: Documents;
  readonly places: () => readonly Place[];
  readonly log: Log;
  readonly now: () => number;
}

export class ExistingRefresh {
  readonly #parts: RefreshParts;
  /** What went wrong the last time, by worker, application and user. */
  readonly #troubles = new Map<string, string>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(parts: RefreshParts) {
    this.#parts = parts;
  }

  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.run(), everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }

  /** Why the token of an install is not renewed, in words. */
  trouble(place: Place, user: string): string | null {
    return this.#troubles.get(keyOf(place, user)) ?? null;
  }

  /** Renew what is due. Never rejects; one round at a time. */
  run(): Promise<void> {
    this.#running ??= this.#round()
      .catch((error: unknown) => this.#parts.log.error('Tokens of existing workers could not be renewed.', { error }))
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #round(): Promise<void> {
    const { documents, places, now } = this.#parts;
    const due = (await documents.installs()).filter(
      ({ enabled, expiresAt }) => enabled && expiresAt !== null && expiresAt <= now() + AHEAD_MS,
    );
    const seen = new Set<string>();
    for (const document of due)
      for (const place of places()) {
        const { generation } = place.worker.offer;
        if (place.application !== document.key || (generation === 5 && document.sdk !== place.worker.worker)) continue;
        const key = keyOf(place, document.user);
        if (seen.has(key)) continue;
        seen.add(key);
        const trouble = await this.#renew(place, document);
        if (trouble === null) this.#troubles.delete(key);
        else this.#troubles.set(key, `Its token ends and was not renewed: ${trouble}`);
      }
    for (const key of this.#troubles.keys()) if (!seen.has(key)) this.#troubles.delete(key);
  }

  /** @returns why it was not renewed, in words */
  async #renew(place: Place, { user, expiresAt }: InstallDocument): Promise<string | null> {
    const { worker, application } = place;
    const action = worker.actions.find(({ kind, name }) => kind === 'connector' && name === CONNECTOR);
    if (!action) return `the worker "${worker.worker}" has no connector "${CONNECTOR}". Authorise again.`;
    if (action.application !== undefined && action.application !== application)
      return `the connector "${CONNECTOR}" of the worker "${worker.worker}" is that of "${action.application}". Authorise again.`;
    if (!worker.up) return `the worker "${worker.worker}" is away.`;
    const call = callOf(place, user, this.#parts.now());
    const path = actionPath('connector', CONNECTOR);
    try {
      const request = { method: 'POST', path, body: encodeCall(call), timeoutMs: TIMEOUT_MS };
      const { status, body } = await this.#parts.port.request(worker.worker, request);
      const result = decodeAnswer(call, status, body.toString('utf8'));
      if (result.kind !== 'forward') return wordsOf('reason' in result ? result.reason : result.kind);
    } catch (error) {
      return wordsOf((error as Error).message);
    }
    const after = await this.#parts.documents.install(
      application,
      user,
      worker.offer.generation === 5 ? worker.worker : null,
    );
    if (!after || after.expiresAt === null || after.expiresAt > (expiresAt ?? 0)) return null;
    return 'the worker says that it is, and its end is the same as before.';
  }
}

const keyOf = ({ worker, application }: Place, user: string): string => `${worker.worker}\n${application}\n${user}`;

function callOf({ worker, application }: Place, user: string, now: number): StepCall {
  const id = randomUUID();
  return {
    target: { topology: '~refresh', version: 0, node: CONNECTOR, kind: 'connector', action: CONNECTOR, followers: [] },
    idempotencyKey: id,
    processId: id,
    processStartedAt: now,
    messageId: id,
    parentId: null,
    attempt: 1,
    user,
    headers: { applications: application, ...(worker.offer.generation === 5 ? { sdk: worker.worker } : {}) },
    contentType: 'application/json',
    body: JSON.stringify({ app: application }),
    cursor: null,
  };
}
