// The link: frames over one WebSocket that the worker opened, JSON or packed (packing.ts), long ones in parts (frames.ts).
//
//   worker → hello {manifest, credit}      platform → welcome {worker, platform}
//   platform → work {targets, calls}       worker → done [answer…]
//   platform → invoke {id, invocation}     worker → invoked {id, result}      work beside messages: forms, tests, methods
//   worker → ask {id, ask}                 platform → answer {id, result}     credentials, tokens, storage
//   platform → method {id, call}           worker → method.answer {id, head}  their bodies: flow.ts
//   platform → changed {application, user}                                    what the worker knows of an install is old
//   worker → record [log or metric…]       worker → drain (no more work, please; open calls still get answers)
//   platform → drained (the last frame with work was before this one)
//
// A call may carry a chain of steps that follow it at the same worker; then there is an answer for each step that was done.
//
// Credit is the number of calls the worker is willing to hold at once; the platform never has more open.
// Frames are batches: whatever waits when the socket is free goes in one frame.

import type { Ask, AskResult } from './ask.ts';
import type { Answers, WorkFrame } from './calls.ts';
import type { StreamFrame } from './flow.ts';
import type { Invocation, InvocationResult } from './invocation.ts';
import type { Manifest } from './manifest.ts';
import type { MethodCall, MethodHead } from './method.ts';

export const LINK_PATH = '/link';
export const LINK_SUBPROTOCOL = 'sluice.v1';

/** A line for the log or a measurement, sent beside the answers; loss of one is harmless. */
export interface LinkRecord {
  readonly type: 'log' | 'metric';
  readonly at: number;
  readonly processId?: string;
  readonly messageId?: string;
  /** Attempt of the step, from 1. */
  readonly attempt?: number;
  readonly topology?: string;
  readonly node?: string;
  readonly action?: string;
  /** Application whose code wrote it. */
  readonly application?: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
  readonly message?: string;
  readonly forAdmin?: boolean;
  /** Metric of one remote call. */
  readonly method?: string;
  readonly url?: string;
  readonly status?: number;
  readonly durationMs?: number;
}

export type WorkerFrame =
  /** `packed`: this side takes packed frames. */
  | { readonly t: 'hello'; readonly manifest: Manifest; readonly credit: number; readonly packed?: boolean }
  | ({ readonly t: 'done' } & Answers)
  | { readonly t: 'record'; readonly records: readonly LinkRecord[] }
  | { readonly t: 'ask'; readonly id: number; readonly ask: Ask }
  | { readonly t: 'invoked'; readonly id: number; readonly result: InvocationResult }
  | { readonly t: 'method.answer'; readonly id: number; readonly head: MethodHead }
  | StreamFrame
  | { readonly t: 'drain' };

export type PlatformFrame =
  /** `parts`: a long frame may come in parts (frames.ts). */
  | {
      readonly t: 'welcome';
      readonly worker: string;
      readonly platform: string;
      readonly packed?: boolean;
      readonly parts?: boolean;
    }
  | WorkFrame
  /** Answers `drain`: whatever was sent before is all there is. */
  | { readonly t: 'drained' }
  | { readonly t: 'invoke'; readonly id: number; readonly invocation: Invocation; readonly timeoutMs: number }
  | { readonly t: 'method'; readonly id: number; readonly call: MethodCall; readonly hasBody: boolean }
  | StreamFrame
  | { readonly t: 'answer'; readonly id: number; readonly result: AskResult }
  | { readonly t: 'changed'; readonly application: string; readonly user: string }
  /** The platform no longer waits for this call; its answer will be ignored. */
  | { readonly t: 'forget'; readonly call: number };
