// How a request leaves and its answer comes back: over the network, or, in a test, to whoever plays the remote service.

import { type Dispatcher, request as send } from 'undici';
import { Agents, type Connection } from './agents.ts';
import type { ClientTls } from './client-certificate.ts';
import type { Guard } from './guard.ts';

export interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Connect to allowed addresses only. */
  readonly guard?: Guard;
  /** The certificate to prove with who asks. */
  readonly tls?: ClientTls;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Rejects when no answer came. */
export type Wire = (request: WireRequest) => Promise<WireAnswer>;

const agents = new Agents();

/** Kept-alive connections that reach allowed addresses only, or prove who we are, for those who stream. */
export const connectionsFor = (connection: Connection): Dispatcher => agents.for(connection);

/** Follows no redirect: credentials go where the request says, and nowhere else. */
export const undiciWire: Wire = async ({ url, method, headers, body, signal, guard, tls }) => {
  const answer = await send(url, {
    method: method as 'GET',
    headers,
    body,
    signal,
    dispatcher: agents.for({ guard, tls }),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
};

/** A wire whose every request reaches allowed addresses only; what the request itself would allow does not count. */
export function guardedWire(policy: Guard = true): Wire {
  return (request) => undiciWire({ ...request, guard: policy });
}
