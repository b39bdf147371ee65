// People who agree on another device (RFC 8628): the provider is asked again and again until they decided.
//
// The question goes on after a restart. Of several processes, the one that moves the time of the next question asks it.

import { setTimeout as pause } from 'node:timers/promises';
import type { Log, RecordStore } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import { installKey } from '../../installs/store.ts';
import type { Vault } from '../../vault/vault.ts';
import { ProviderFailure } from '../provider/failure.ts';
import type { ProviderToken } from '../tokens/record.ts';
import type { DeviceStart } from './conversation.ts';

const COLLECTION = 'authorisation-by-device';
const SLOWER_MS = 5_000;

interface Place {
  readonly application: string;
  readonly user: string;
}

export interface PendingDevice extends Place {
  readonly userCode: string;
  readonly verificationUrl: string;
  readonly expiresAt: number;
  readonly intervalMs: number;
  readonly nextAt: number;
  /** The code only the provider and we know, sealed. */
  readonly deviceCode: string;
  /** How it ended, in words, when not well. */
  readonly problem: string | null;
}

export interface DeviceParts {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly now: () => number;
  readonly log: Log;
  ask(place: Place, deviceCode: string): Promise<ProviderToken | 'pending' | 'slow_down'>;
  done(place: Place, token: ProviderToken): Promise<void>;
}

export class Devices {
  readonly #parts: DeviceParts;
  readonly #stop = new AbortController();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(parts: DeviceParts) {
    this.#parts = parts;
  }

  /** Go on with what was begun before this process. */
  async start(): Promise<void> {
    for (const { value } of await this.#parts.records.list<PendingDevice>(COLLECTION))
      if (value.problem === null) this.#follow(value);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#asking.values());
  }

  async begin(
    place: Place,
    { deviceCode, userCode, verificationUrl, expiresInMs, intervalMs }: DeviceStart,
  ): Promise<PendingDevice> {
    const { vault, now, records } = this.#parts;
    const key = installKey(place.application, place.user);
    const value: PendingDevice = {
      application: place.application,
      user: place.user,
      userCode,
      verificationUrl,
      expiresAt: now() + expiresInMs,
      intervalMs,
      nextAt: now() + intervalMs,
      deviceCode: vault.seal(deviceCode, placeOf(key)),
      problem: null,
    };
    await records.write([{ collection: COLLECTION, key, value }]);
    this.#follow(value);
    return value;
  }

  of({ application, user }: Place): Promise<PendingDevice | null> {
    return this.#parts.records.get<PendingDevice>(COLLECTION, installKey(application, user));
  }

  async forget({ application, user }: Place): Promise<void> {
    await this.#parts.records.write([{ collection: COLLECTION, key: installKey(application, user), value: null }]);
  }

  /** Seal again what is sealed under a former key. @returns how many */
  async rotate(): Promise<number> {
    const { records, vault } = this.#parts;
    let count = 0;
    for (const { key, value } of await records.list<PendingDevice>(COLLECTION))
      for (let pending: PendingDevice | null = value; pending && vault.isOld(pending.deviceCode); ) {
        const deviceCode = vault.seal(vault.open(pending.deviceCode, placeOf(key)), placeOf(key));
        if (await this.#replace(pending, { ...pending, deviceCode })) {
          count++;
          break;
        }
        pending = await this.of(pending);
      }
    return count;
  }

  #follow(place: Place): void {
    const key = installKey(place.application, place.user);
    if (this.#asking.has(key)) return;
    const work = this.#untilDecided(place)
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted)
          this.#parts.log.error('Waiting for a person to agree on another device broke.', { ...place, error });
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, work);
  }

  async #untilDecided({ application, user }: Place): Promise<void> {
    const { now } = this.#parts;
    const place = { application, user };
    for (;;) {
      const pending = await this.of(place);
      if (!pending || pending.problem !== null) return;
      if (pending.expiresAt <= now()) {
        await this.#replace(pending, { ...pending, problem: 'nobody entered the code in time.' });
        return;
      }
      if (pending.nextAt > now()) {
        await pause(Math.min(pending.nextAt - now(), 60_000), null, { signal: this.#stop.signal, ref: false });
        continue;
      }
      const asking = { ...pending, nextAt: now() + pending.intervalMs };
      if (await this.#replace(pending, asking)) await this.#ask(asking);
    }
  }

  async #ask(pending: PendingDevice): Promise<void> {
    const { vault, ask, done, now } = this.#parts;
    const key = installKey(pending.application, pending.user);
    try {
      const answer = await ask(pending, vault.open(pending.deviceCode, placeOf(key)));
      if (answer === 'pending') return;
      if (answer === 'slow_down') {
        const intervalMs = pending.intervalMs + SLOWER_MS;
        await this.#replace(pending, { ...pending, intervalMs, nextAt: now() + intervalMs });
        return;
      }
      // Withdrawn, or begun anew, while it was asked.
      if (await this.#replace(pending, null)) await done(pending, answer);
    } catch (error) {
      if (error instanceof ProviderFailure && error.kind !== 'refused') return;
      if (!(error instanceof ProviderFailure || error instanceof SluiceError)) throw error;
      await this.#replace(pending, { ...pending, problem: problemOf(error) });
    }
  }

  async #replace(before: PendingDevice, after: PendingDevice | null): Promise<boolean> {
    const key = installKey(before.application, before.user);
    try {
      await this.#parts.records.write([{ collection: COLLECTION, key, value: after, expected: before }]);
      return true;
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'record.conflict') return false;
      throw error;
    }
  }
}

const placeOf = (key: string): string => `${COLLECTION}/${key}`;

function problemOf(error: ProviderFailure | SluiceError): string {
  if (!(error instanceof ProviderFailure)) return error.message;
  if (error.code === 'access_denied') return 'the person did not agree.';
  if (error.code === 'expired_token') return 'nobody entered the code in time.';
  return `the provider refused: ${error.message}.`;
}
