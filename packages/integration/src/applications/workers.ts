// What the integration layer needs of workers: who offers what, and a way to ask them. The server provides it.

import type {
  Called,
  CallTarget,
  Invocation,
  InvocationResult,
  Manifest,
  MethodCall,
  StepCall,
} from '@sluice/protocol';
import type { MethodBody, MethodResult } from '../sync/methods.ts';

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
  /** One call of an action. Never rejects. */
  call(worker: string, call: StepCall, timeoutMs: number, signal?: AbortSignal): Promise<Called>;
  /**
   * One call of a method.
   * @throws Error in words, when no sound answer began
   */
  callMethod(worker: string, call: MethodCall, body: MethodBody | null, signal: AbortSignal): Promise<MethodResult>;
  /** Limit keys of an action and user, those of the user first. */
  limits(worker: string, target: CallTarget, user: string): readonly string[];
  /** @throws SluiceError `worker.unknown` when nobody registered it */
  mustKnow(worker: string): void;
  /** What a worker knows of this install is old. */
  changed(worker: string, application: string, user: string): void;
}
