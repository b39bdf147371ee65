// The link: JSON frames over one WebSocket that the worker opened.
//
//   worker → hello {manifest, credit}      platform → welcome {worker, heartbeatMs}
//   platform → work {targets, calls}       worker → done [answer…]
//   worker → record [log or metric…]       worker → drain (no more work, please; open calls still get answers)
//   platform → drained (the last frame with work was before this one)
//
// Credit is the number of calls the worker is willing to hold at once; the platform never has more open.
// Frames are batches: whatever waits when the socket is free goes in one frame.

import type { Answers, Work } from './calls.ts';
import type { Manifest } from './manifest.ts';

export const LINK_PATH = '/link';
export const LINK_SUBPROTOCOL = 'sluice.v1';

/** A line for the log or a measurement, sent beside the answers; loss of one is harmless. */
export interface LinkRecord {
  readonly type: 'log' | 'metric';
  readonly at: number;
  readonly processId?: string;
  readonly messageId?: string;
  readonly topology?: string;
  readonly node?: string;
  readonly action?: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
  readonly message?: string;
  readonly forAdmin?: boolean;
  /** Metric of one remote call. */
  readonly url?: string;
  readonly status?: number;
  readonly durationMs?: number;
}

export type WorkerFrame =
  | { readonly t: 'hello'; readonly manifest: Manifest; readonly credit: number }
  | ({ readonly t: 'done' } & Answers)
  | { readonly t: 'record'; readonly records: readonly LinkRecord[] }
  | { readonly t: 'drain' };

export type PlatformFrame =
  | { readonly t: 'welcome'; readonly worker: string; readonly platform: string }
  | ({ readonly t: 'work' } & Work)
  /** Answers `drain`: whatever was sent before is all there is. */
  | { readonly t: 'drained' }
  /** The platform no longer waits for this call; its answer will be ignored. */
  | { readonly t: 'forget'; readonly call: number };
