// What every part of the runtime works with.

import type { Expressions } from '../ports/expressions.ts';
import type { Forms } from '../ports/forms.ts';
import type { Stores } from '../ports/stores.ts';
import type { Clock, Crash, Ids, Log } from '../ports/system.ts';
import type { WorkerCaller } from '../ports/worker-caller.ts';

export interface Context {
  readonly stores: Stores;
  readonly workers: WorkerCaller;
  readonly expressions: Expressions;
  /** Without it answers to user tasks are taken as they come. */
  readonly forms?: Forms;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly crash: Crash;
  /** Bodies above this many bytes are checked into the blob store. */
  readonly claimCheckBytes: number;
}
