// What the platform asks of a worker beside messages: choices of a form, a test of the connection, a hook, a button, a
// webhook to subscribe. By link as a frame, by http as a POST to `/invoke`.

import type { Json } from '../application/form.ts';
import type { Hook } from '../application/manifest.ts';

export const INVOKE_PATH = '/invoke';

export type InvocationBody =
  /** → list of {value, label} */
  | { readonly operation: 'choices'; readonly form: string; readonly field: string }
  /** → {detail}: what was reached; a failure says what is wrong */
  | { readonly operation: 'test' }
  /** → null */
  | { readonly operation: 'hook'; readonly hook: Hook }
  /** → any JSON, shown to the person */
  | { readonly operation: 'action'; readonly action: string; readonly input: Json }
  /** → {reference, secret?, expiresAt?}: how the service calls the subscription, what it signs with when it made that itself, when it ends */
  | {
      readonly operation: 'webhook.subscribe';
      readonly event: string;
      readonly url: string;
      readonly secret: string;
      readonly parameters: Readonly<Record<string, Json>>;
    }
  /** → null; a subscription that is gone already is fine */
  | { readonly operation: 'webhook.unsubscribe'; readonly event: string; readonly reference: Json }
  /** → list of {reference, url}: what the service has, to find orphans; null when it cannot say */
  | { readonly operation: 'webhook.list'; readonly event: string };

export type Operation = InvocationBody['operation'];

export type Invocation = InvocationBody & { readonly application: string; readonly user: string };

/** A failure that is the business of the person who asked. */
export interface InvocationFailure {
  /** Of the application's own, such as `hubspot.no_scope`; `step.failed` when it gave none. */
  readonly code: string;
  readonly message: string;
  /** Worth trying again, and when. */
  readonly retryAfterMs?: number;
}

export type InvocationResult =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly failure: InvocationFailure };

/** What is wrong with the result of an invocation, or null. */
export function invocationResultFault(value: unknown): string | null {
  const result = value as Partial<{ ok: unknown; value: unknown; failure: Partial<InvocationFailure> }> | null;
  if (typeof result !== 'object' || result === null) return 'the result is not an object';
  if (result.ok === true) return result.value === undefined ? 'a result needs a value' : null;
  if (result.ok !== false) return 'a result needs "ok"';
  const { code, message } = result.failure ?? {};
  return typeof code === 'string' && typeof message === 'string' ? null : 'a failure needs code and message';
}
