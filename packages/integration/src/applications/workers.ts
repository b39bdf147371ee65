// What the integration layer needs of workers: who offers what, and a way to ask them. The server provides it.

import type { Invocation, InvocationResult, Manifest } from '@sluice/protocol';

export interface Offering {
  readonly worker: string;
  /** The last it said; known also while it is away. */
  readonly manifest: Manifest;
  readonly up: boolean;
}

export interface Workers {
  offerings(): readonly Offering[];
  /** @throws Error in words, when no whole answer came */
  invoke(worker: string, invocation: Invocation, timeoutMs: number): Promise<InvocationResult>;
  /** What a worker knows of this install is old. */
  changed(worker: string, application: string, user: string): void;
}
