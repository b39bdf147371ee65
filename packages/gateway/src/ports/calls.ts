// Code of workers that is called at once: methods of applications, and actions.

import type { Body, Headers, MethodCall } from '@sluice/protocol';

export type MethodReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Headers;
      /** Throws when it breaks off. */
      readonly body: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: 'stopped' };

export interface Methods {
  /** HTTP methods that it takes, `OPTIONS` and `HEAD` where they follow. @throws SluiceError `application.unknown`, `application.no_such_part` */
  allowed(application: string, method: string): readonly string[];
  /** It answers `OPTIONS` itself. */
  declares(application: string, method: string, httpMethod: MethodCall['httpMethod']): boolean;
  /** @param body  null = none @throws SluiceError with the code of the method where it gave one */
  call(call: MethodCall, body: AsyncIterable<Uint8Array> | null, signal: AbortSignal): Promise<MethodReply>;
}

export interface ActionCall {
  readonly worker: string;
  readonly action: string;
  readonly user: string;
  readonly timeoutMs: number | undefined;
  readonly body: Buffer;
  readonly contentType: string;
  readonly headers: Headers;
  readonly idempotencyKey: string | undefined;
  readonly signal: AbortSignal;
}

export interface Actions {
  /** @throws SluiceError with the status of what went wrong */
  call(call: ActionCall): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Body | null }>;
}
