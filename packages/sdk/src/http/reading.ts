// What a service says of its own answer, where the status alone does not tell: "full" with 403, a failure with 200.

import type { StatusVerdict } from './rules.ts';

/** What is left out is taken from the status. */
export interface Reading {
  /** Comes before the rules of the status: only for answers whose status does not tell. */
  readonly verdict?: StatusVerdict;
  /** The failure by name, such as `github.not_found`; error paths of a process can take it. */
  readonly code?: string;
  /** What the service said, in its words; instead of the whole body. */
  readonly says?: string;
  /** The token of the install is no longer good, although the status is not 401. */
  readonly tokenRefused?: boolean;
  /** Epoch ms before which asking again makes no sense. */
  readonly untilMs?: number;
}
