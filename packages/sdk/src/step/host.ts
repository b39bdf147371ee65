// What a step stands on: where its records go, what time it is, and how its requests leave. A test puts its own there.

import type { LinkRecord } from '@sluice/protocol';
import { undiciWire, type Wire } from '../http/wire.ts';

/** Where logs and measurements of a worker go. */
export type RecordSink = (record: LinkRecord) => void;

export interface Host {
  readonly onRecord: RecordSink;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A signal that aborts after so many milliseconds. */
  readonly timeout: (ms: number) => AbortSignal;
  readonly wire: Wire;
}

export function systemHost(onRecord: RecordSink): Host {
  return { onRecord, now: Date.now, timeout: AbortSignal.timeout, wire: undiciWire };
}
