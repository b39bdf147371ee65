// One request on its way through the gateway, and what comes back.
//
// A policy is a function from handler to handler: it looks at the exchange, changes what is handed on, calls the next
// one, and changes what comes back. Targets are the last handlers. None of them touches the socket.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { GatewayMethod } from '@sluice/protocol';
import type { Consumer } from '../consumers/consumer.ts';
import { type Peer, peerOf, type TrustedProxies } from './peer.ts';

/** Bytes, text (UTF-8), a stream that is read once, or nothing. */
export type Content = Uint8Array | string | Readable | null;

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Content;
}

export type Handler = (exchange: Exchange) => Promise<Answer>;
export type Policy = (next: Handler) => Handler;

export interface RequestLine {
  readonly method: GatewayMethod;
  /** As it was sent, without the query. */
  readonly path: string;
  /** As it was sent, without the `?`. */
  readonly query: string;
}

export class Exchange {
  /** Of this request, in its answer and in all that it causes. */
  readonly id: string;
  readonly line: RequestLine;
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #proxies: TrustedProxies;
  #peer: Peer | null = null;
  #gone: AbortController | null = null;
  readonly #acts: (() => void)[] = [];
  /** Of a part: whoever divided the request says when it is too late. */
  #given: AbortSignal | null = null;
  #asked = false;

  /** Headers that are handed on, names in lower case. */
  headers: Record<string, string>;
  body: Content;
  /** Who calls; null on a public route, and before anybody was asked. */
  consumer: Consumer | null = null;
  /** Values of the query that are handed on. */
  query: string;

  constructor(
    id: string,
    line: RequestLine,
    params: Exchange['params'],
    request: IncomingMessage,
    response: ServerResponse,
    headers: Record<string, string>,
    body: Content,
    proxies: TrustedProxies,
  ) {
    this.id = id;
    this.line = line;
    this.params = params;
    this.request = request;
    this.#response = response;
    this.headers = headers;
    this.body = body;
    this.query = line.query;
    this.#proxies = proxies;
  }

  /** Who is at the other end. */
  get peer(): Peer {
    this.#peer ??= peerOf(this.request, this.#proxies);
    return this.#peer;
  }

  /** User of the platform that the request is for. */
  get user(): string {
    return this.consumer?.user ?? 'default';
  }

  /**
   * One of several requests that this one becomes: of the same caller, with headers of its own.
   * @param signal  aborted when nobody waits for its answer any more
   */
  part(method: GatewayMethod, body: Content, signal: AbortSignal): Exchange {
    const part = new Exchange(
      this.id,
      { ...this.line, method },
      this.params,
      this.request,
      this.#response,
      { ...this.headers },
      body,
      this.#proxies,
    );
    part.consumer = this.consumer;
    part.query = this.query;
    part.#given = signal;
    return part;
  }

  /** A client that waits to be asked for its body (`Expect: 100-continue`) is asked now. */
  askForBody(): void {
    if (this.#asked || this.body === null || this.headers['expect'] === undefined) return;
    this.#asked = true;
    this.#response.writeContinue();
  }

  /** What is done when the client is gone before it has its answer: cheaper than a signal. */
  whenGone(act: () => void): void {
    if (this.#given) {
      if (this.#given.aborted) act();
      else this.#given.addEventListener('abort', act, { once: true });
    } else if (this.#response.destroyed) act();
    else this.#acts.push(act);
  }

  /** The client is gone. */
  gone(): void {
    for (const act of this.#acts) act();
  }

  /** Aborted when the client is gone before it has its answer. Made for those who ask for it only. */
  get signal(): AbortSignal {
    if (this.#given) return this.#given;
    if (!this.#gone) {
      const gone = new AbortController();
      this.#gone = gone;
      this.whenGone(() => gone.abort());
    }
    return this.#gone.signal;
  }
}
