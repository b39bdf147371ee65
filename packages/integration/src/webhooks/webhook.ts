// One subscription to an event of a service: where it is, where it is to come to, and what it takes to get there.
//
// Nothing here acts. What a subscription needs follows from what is stored, so that it goes on after a crash where it was.

import type { Json, WebhookEvent, WebhookState } from '@sluice/protocol';

export interface Webhook {
  readonly id: string;
  /** Null with `event`: an address of a node, and no service is told of it. */
  readonly application: string | null;
  readonly event: string | null;
  readonly user: string;
  readonly topology: string;
  readonly node: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly by: 'topology' | 'person';
  /** A person took it away; it does not come back with its install. */
  readonly removed: boolean;
  readonly goal: 'subscribed' | 'gone';
  readonly reason: string | null;
  /** Times the service was asked in vain. */
  readonly attempts: number;
  /** Epoch ms; null when nothing is to be done by itself. */
  readonly nextTryAt: number | null;
  /** How the service calls it. */
  readonly reference: { readonly value: Json } | null;
  /** The service was asked and did not say whether it did it. */
  readonly unsure: boolean;
  /** Subscriptions at the service that are to end: of before an address changed, or of before it was taken up again. */
  readonly stale: readonly Json[];
  readonly expiresAt: number | null;
  /** When it is renewed, so that it does not come to that. */
  readonly renewAt: number | null;
  /** Address of the platform that the service was told. */
  readonly base: string | null;
  /** What the application said of the event, for when its worker is forgotten. */
  readonly descriptor: WebhookEvent | null;
  /** SHA-256 of the secret in the address. */
  readonly digest: string;
  /** Sealed. */
  readonly secrets: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface Secrets {
  /** 256 random bits: the secret in the address. */
  readonly address: string;
  /** What we ask the service to sign with. */
  readonly signing: string;
  /** What the service signs with instead. */
  readonly given?: string;
}

export type Need = 'subscribe' | 'renew' | 'tidy' | 'end';

/** So long before its end a subscription is renewed; a short one when half of its time is over. */
const RENEW_MS = 3_600_000;

/** What is still to be done at the service, or null. */
export function needOf(webhook: Webhook, base: string, now: number): Need | null {
  const { application, goal, reference, stale, unsure, renewAt } = webhook;
  if (application === null) return null;
  if (goal === 'gone') return reference || unsure || stale.length > 0 ? 'end' : null;
  if (!reference) return 'subscribe';
  if (webhook.base !== base || (renewAt !== null && renewAt <= now)) return 'renew';
  return stale.length > 0 ? 'tidy' : null;
}

export const renewalAt = (expiresAt: number, now: number): number =>
  Math.round(expiresAt - Math.min(RENEW_MS, (expiresAt - now) / 2));

export function stateOf({ application, goal, reference, stale, unsure, reason }: Webhook): WebhookState {
  if (goal === 'subscribed') {
    if (reference || application === null) return 'subscribed';
    return reason === null ? 'wanted' : 'failed';
  }
  if (application === null || !(reference || unsure || stale.length > 0)) return 'gone';
  return reason === null ? 'unsubscribing' : 'failed';
}

/** Two that have this in common are one. */
export function keyOf(
  webhook: Pick<Webhook, 'application' | 'event' | 'user' | 'topology' | 'node' | 'parameters'>,
): string {
  const { application, event, user, topology, node, parameters } = webhook;
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([application, event, user, topology, node, sorted]);
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How long after so many vain attempts the next one comes. */
export const pauseAfter = (attempts: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, attempts - 1));
