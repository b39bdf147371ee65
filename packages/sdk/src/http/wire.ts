// How a request leaves and its answer comes back: over the network, or, in a test, to whoever plays the remote service.

import { Agent, request as send } from 'undici';

export interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Rejects when no answer came. */
export type Wire = (request: WireRequest) => Promise<WireAnswer>;

const agent = new Agent({ connections: 128, keepAliveTimeout: 10_000 });

export const undiciWire: Wire = async ({ url, method, headers, body, signal }) => {
  const answer = await send(url, {
    method: method as 'GET',
    headers,
    body,
    signal,
    dispatcher: agent,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
};
