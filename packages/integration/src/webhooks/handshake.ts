// Services that ask whether an address is ours, before they deliver.

import type { WebhookEvent } from '@sluice/protocol';
import { sameSecret } from '@sluice/sdk';
import type { Received } from './deliveries.ts';

export interface Reply {
  readonly contentType: 'text/plain' | 'application/json';
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Query = Readonly<Record<string, unknown>>;
type Handshakes = Readonly<
  Record<WebhookEvent['handshake'], (received: Received, secret: string) => Reply | 'refused' | null>
>;

/** Longer than any challenge of a service. */
const MOST = 2_000;

/** What to answer to a question that proves nothing of itself; null when it is none. */
const ASKED: Handshakes = {
  none: () => null,
  // Slack signs its question, so it is looked at after the signature.
  slack: () => null,
  meta: ({ method, query }, secret) => {
    if (method !== 'GET' || query['hub.mode'] !== 'subscribe') return null;
    const challenge = text(query, 'hub.challenge');
    const token = text(query, 'hub.verify_token');
    return challenge !== null && token !== null && sameSecret(token, secret) ? plain(challenge) : 'refused';
  },
  'microsoft-graph': ({ query }) => {
    const token = text(query, 'validationToken');
    return token === null ? null : plain(token);
  },
  // The secret that it will sign with, which its answer to the subscription repeats: whoever knows the address gets back what they sent.
  asana: ({ headers }) => {
    const secret = headers['x-hook-secret'];
    if (typeof secret !== 'string' || !/^[\w.~+/=-]{1,500}$/.test(secret) || headers['x-hook-signature'] !== undefined)
      return null;
    return { ...plain(''), headers: { 'x-hook-secret': secret } };
  },
  challenge: ({ method, query, body }) => {
    if (method === 'GET') {
      const challenge = text(query, 'challenge');
      return challenge === null ? null : plain(challenge);
    }
    // An event may have a member of that name: a question has nothing else to say.
    const asked = objectIn(body);
    const { challenge } = asked ?? {};
    if (typeof challenge !== 'string' || challenge.length > MOST || Object.keys(asked!).length > 3) return null;
    return { contentType: 'application/json', text: JSON.stringify({ challenge }) };
  },
};

export function handshakeOf(
  kind: WebhookEvent['handshake'],
  received: Received,
  secret: string,
): Reply | 'refused' | null {
  return ASKED[kind](received, secret);
}

/** What to answer to a question, or a first sign of life, that is signed as deliveries are. */
export function signedHandshakeOf(
  { handshake, verification }: Pick<WebhookEvent, 'handshake' | 'verification'>,
  { headers, body }: Received,
): Reply | null {
  // GitHub greets every new hook with a delivery that is no event.
  if (verification.kind === 'github' && headers['x-github-event'] === 'ping') return plain('pong');
  if (handshake !== 'slack') return null;
  const { type, challenge } = objectIn(body) ?? {};
  return type === 'url_verification' && typeof challenge === 'string' && challenge.length <= MOST
    ? plain(challenge)
    : null;
}

const plain = (text: string): Reply => ({ contentType: 'text/plain', text });

function text(query: Query, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' && value.length <= MOST ? value : null;
}

function objectIn(body: Uint8Array): Record<string, unknown> | null {
  if (body.length > MOST * 4) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
