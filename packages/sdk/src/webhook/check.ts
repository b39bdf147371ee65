// Whether a delivery proves who sends it, and which one it is. Over the bytes as they came, before anybody reads them.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { WebhookEvent } from '@sluice/protocol';
import { basicOf, DELIVERY_TOLERANCE_S, digestOf, type Scheme, schemeOf } from './scheme.ts';

export interface ReceivedDelivery {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

export type CheckedDelivery =
  | {
      readonly ok: true;
      /** The same for the same delivery, however often it comes; null when nothing in it says so. */
      readonly id: string | null;
      /** Headers that are the proof, and not to travel further. */
      readonly proof: readonly string[];
    }
  | { readonly ok: false; readonly fault: 'forged'; readonly reason: string }
  | { readonly ok: false; readonly fault: 'too-old'; readonly seconds: number };

type Checked = Pick<WebhookEvent, 'verification'> & Partial<Pick<WebhookEvent, 'deliveryIdHeader'>>;

/** @param now  epoch ms */
export function checkDelivery(
  event: Checked,
  secret: string,
  delivery: ReceivedDelivery,
  now: number,
): CheckedDelivery {
  const { verification } = event;
  if (verification.kind !== 'address' && secret === '') return forged('there is no secret to compare it with.');
  if (verification.kind === 'token') {
    const { in: place, name } = verification;
    const got = place === 'header' ? one(delivery.headers[name.toLowerCase()]) : one(delivery.query[name]);
    if (got === null) return forged(`the ${place} "${name}" is missing.`);
    if (!sameSecret(got, secret)) return forged(`the ${place} "${name}" has another value.`);
    return { ok: true, id: idOf(event, delivery), proof: place === 'header' ? [name.toLowerCase()] : [] };
  }
  if (verification.kind === 'basic') {
    const got = one(delivery.headers.authorization);
    if (got === null) return forged('the header "authorization" is missing.');
    if (!sameSecret(got, basicOf(verification.user, secret))) return forged('it has another user or password.');
    return { ok: true, id: idOf(event, delivery), proof: ['authorization'] };
  }
  if (verification.kind === 'microsoft-graph' && !repeatsSecret(delivery.body, secret))
    return forged('a notification has another "clientState".');
  const scheme = schemeOf(verification);
  if (!scheme) return { ok: true, id: idOf(event, delivery), proof: [] };
  return signed(event, scheme, secret, delivery, now);
}

function signed(
  event: Checked,
  scheme: Scheme,
  secret: string,
  delivery: ReceivedDelivery,
  now: number,
): CheckedDelivery {
  const header = one(delivery.headers[scheme.header]);
  if (header === null) return forged(`the header "${scheme.header}" is missing.`);
  const { seconds, digests } = readSignature(scheme, header, delivery);
  const signedAt = secondsOf(scheme, seconds);
  if (scheme.time && signedAt === null) return forged('the time of signing is missing.');
  if (digests.length === 0) return forged(`the header "${scheme.header}" has no signature of the expected form.`);
  const own = digestOf(scheme, secret, seconds, delivery.body);
  // Every one is compared: how long it takes tells nothing.
  if (!digests.map((digest) => sameSecret(digest, own)).includes(true))
    return forged('it was signed with another secret, or changed on its way.');
  const away = scheme.time ? Math.abs(Math.floor(now / 1_000) - signedAt!) : 0;
  if (away > DELIVERY_TOLERANCE_S) return { ok: false, fault: 'too-old', seconds: away };
  // A signature over the time is of one delivery; one over the body alone is of all with that body.
  const id = idOf(event, delivery) ?? (scheme.time ? `signature ${own}` : null);
  return { ok: true, id, proof: scheme.time?.in === 'header' ? [scheme.header, scheme.time.name] : [scheme.header] };
}

/** Whole seconds of a time as its service writes it; null when it is none. */
function secondsOf({ time }: Scheme, said: string): number | null {
  if (time?.in === 'header' && time.iso) {
    const at = /^\d{4}-\d\d-\d\dT[\d:.]{5,20}(Z|[+-]\d\d:?\d\d)$/.test(said) ? Date.parse(said) : Number.NaN;
    return Number.isNaN(at) ? null : Math.floor(at / 1_000);
  }
  return /^\d{1,12}$/.test(said) ? Number(said) : null;
}

const MOST_DIGESTS = 5;

function readSignature(
  scheme: Scheme,
  header: string,
  { headers }: ReceivedDelivery,
): { seconds: string; digests: string[] } {
  const { time, prefix, encoding } = scheme;
  const parts = time?.in === 'signature' ? header.split(',').map((part) => part.trim()) : [header.trim()];
  const seconds =
    time?.in === 'signature'
      ? (parts.find((part) => part.startsWith('t='))?.slice(2) ?? '')
      : time
        ? (one(headers[time.name]) ?? '')
        : '';
  const digests = parts
    .filter((part) => part.startsWith(prefix))
    .slice(0, MOST_DIGESTS)
    .map((part) => part.slice(prefix.length))
    .map((digest) => (encoding === 'hex' ? digest.toLowerCase() : digest));
  return { seconds, digests };
}

/** Where services that are known by name say which delivery it is. */
const ID_HEADERS: Readonly<Record<string, readonly string[]>> = {
  github: ['x-github-delivery'],
  shopify: ['x-shopify-webhook-id', 'x-shopify-event-id'],
  zendesk: ['x-zendesk-webhook-invocation-id'],
};
/** Member of the JSON body, which is signed. */
const ID_MEMBERS = { stripe: 'id', slack: 'event_id', box: 'id' } as const;
const MAX_ID = 500;

/** Headers that name a delivery, the first that is there counts; in small letters. */
export function deliveryIdHeaders({ verification: { kind }, deliveryIdHeader }: Checked): readonly string[] {
  return [...(deliveryIdHeader ? [deliveryIdHeader.toLowerCase()] : []), ...(ID_HEADERS[kind] ?? [])];
}

function idOf(event: Checked, { headers, body }: ReceivedDelivery): string | null {
  const { kind } = event.verification;
  for (const name of deliveryIdHeaders(event)) {
    const id = one(headers[name]);
    if (id) return `header ${id.slice(0, MAX_ID)}`;
  }
  if (kind !== 'stripe' && kind !== 'slack' && kind !== 'box') return null;
  try {
    const id = (JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown> | null)?.[ID_MEMBERS[kind]];
    return typeof id === 'string' && id !== '' ? `body ${id.slice(0, MAX_ID)}` : null;
  } catch {
    return null;
  }
}

/** Graph takes 128 characters of it. */
const MAX_CLIENT_STATE = 128;

/** Every notification says the secret, and there is one. */
function repeatsSecret(body: Uint8Array, secret: string): boolean {
  try {
    const { value } = JSON.parse(Buffer.from(body).toString('utf8')) as { value?: unknown };
    if (!Array.isArray(value) || value.length === 0) return false;
    const states = value.map((one: { clientState?: unknown } | null) => String(one?.clientState ?? ''));
    return !states.map((state) => sameSecret(state, secret.slice(0, MAX_CLIENT_STATE))).includes(false);
  } catch {
    return false;
  }
}

const forged = (reason: string): CheckedDelivery => ({ ok: false, fault: 'forged', reason });

/** A value that came exactly once. */
function one(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : null;
}

/** Equal, in a time that tells nothing of where they differ, nor of how long they are. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
