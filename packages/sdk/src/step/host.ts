// What a step stands on: where its records go, what time it is, how its requests leave, and the platform behind it. A test
// puts its own there.

import type { LinkRecord } from '@sluice/protocol';
import { undiciWire, type Wire } from '../http/wire.ts';
import { Clients } from '../net/clients.ts';
import { Installs } from '../platform/installs.ts';
import { noPlatform, type Platform } from '../platform/platform.ts';

/** Where logs and measurements of a worker go. */
export type RecordSink = (record: LinkRecord) => void;

export interface Host {
  readonly onRecord: RecordSink;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A signal that aborts after so many milliseconds. */
  readonly timeout: (ms: number) => AbortSignal;
  readonly wire: Wire;
  readonly platform: Platform;
  readonly installs: Installs;
  /** Clients of servers that are no HTTP; closed when the worker leaves. */
  readonly clients: Clients;
  /** What is being made for a cache in this process, so that it is made once. */
  readonly flights: Map<string, Promise<unknown>>;
}

export function systemHost(onRecord: RecordSink, platform: Platform = noPlatform, given: Partial<Host> = {}): Host {
  const now = given.now ?? Date.now;
  return {
    onRecord,
    now,
    timeout: AbortSignal.timeout,
    wire: undiciWire,
    platform,
    installs: new Installs(given.platform ?? platform, now),
    clients: new Clients(),
    flights: new Map(),
    ...given,
  };
}
