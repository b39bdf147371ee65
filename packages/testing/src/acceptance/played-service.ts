// A remote service that is played: a real HTTP server on loopback that expects announced requests, one after the other, and
// answers each as it was written down. Whatever differs, be it one header more, is a failure.

import { AssertionError } from 'node:assert';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { undiciWire, type Wire } from '@sluice/sdk';
import { differences, pairs } from './differences.ts';
import type { Exchange } from './files.ts';
import { type Place, takePlace } from './played-server.ts';

/** Of the connection, not of the service; and the one that the platform adds to every request. */
const UNSAID = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'idempotency-key']);
const UNEXPECTED = 599;

export interface Address {
  /** Scheme, host and beginning of the path that requests without them are meant for. */
  readonly origin: string;
  /** That every request has. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a play did beside its answers. */
export interface PlayOptions extends Address {
  /** That every request must have; null where nothing is repeated. */
  readonly idempotencyKey: string | null;
  /** Called when a request is left without an answer. */
  readonly onSilence?: () => void;
}

export class PlayedService implements Disposable {
  readonly #exchanges: readonly Exchange[];
  readonly #options: PlayOptions;
  readonly #problems: string[] = [];
  #place: Place | null = null;
  #played = 0;

  private constructor(exchanges: readonly Exchange[], options: PlayOptions) {
    this.#exchanges = exchanges;
    this.#options = options;
  }

  static async open(exchanges: readonly Exchange[], options: PlayOptions): Promise<PlayedService> {
    const service = new PlayedService(exchanges, options);
    service.#place = await takePlace((request, response) => service.#play(request, response));
    return service;
  }

  /** Leads here whatever is sent, by the sender that services are reached with; the host that was meant stays in the request. */
  readonly wire: Wire = ({ url, headers, method, body, signal }) => {
    if (url.protocol !== 'https:') this.#problems.push(`${method} ${url.href} is not sent by https`);
    return undiciWire({ url: this.#place!.at(url), method, body, signal, headers: { ...headers, host: url.host } });
  };

  /** @throws AssertionError when a request was another than announced, or was not made */
  check(): void {
    for (const { request } of this.#exchanges.slice(this.#played)) this.#problems.push(`${request} was never asked`);
    if (this.#problems.length === 0) return;
    throw new AssertionError({
      message: `The service was not asked as its description says: ${this.#problems.join('; ')}.`,
    });
  }

  [Symbol.dispose](): void {
    this.#place?.[Symbol.dispose]();
  }

  async #play(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, json, text: plain, silent } = await this.#answer(request);
    if (silent) return this.#options.onSilence?.();
    const body = json === undefined ? (plain ?? '') : JSON.stringify(json);
    const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(status, { ...type, ...headers }).end(body);
  }

  async #answer(request: IncomingMessage): Promise<Exchange['answer']> {
    const body = await text(request);
    const line = `${request.method} ${request.url}`;
    const exchange = this.#exchanges[this.#played++];
    const found = exchange ? this.#differences(exchange, request, body) : ['no request was expected any more'];
    const { idempotencyKey } = this.#options;
    const key = request.headers['idempotency-key'];
    if (idempotencyKey !== null && key !== idempotencyKey && !Object.hasOwn(exchange?.headers ?? {}, 'idempotency-key'))
      found.push(`header /idempotency-key is ${key ?? 'missing'}, ${idempotencyKey} was expected at every repeat`);
    this.#problems.push(...found.map((problem) => `${line}: ${problem}`));
    return found.length > 0 ? { status: UNEXPECTED, headers: {}, text: found.join('; ') } : exchange!.answer;
  }

  #differences(exchange: Exchange, request: IncomingMessage, body: string): string[] {
    const [method, target] = exchange.request.split(' ') as [string, string];
    const expected = new URL(target.startsWith('/') ? `${this.#options.origin.replace(/\/$/, '')}${target}` : target);
    const actual = new URL(request.url!, `https://${request.headers.host}`);
    const headers = this.#headersOf(exchange);
    const found = [
      [`${method} ${expected.origin}${expected.pathname}`, `${request.method} ${actual.origin}${actual.pathname}`, ''],
      [pairs(expected.searchParams), pairs(actual.searchParams), 'query '],
      [headers, headersIn(request, headers), 'header '],
      [bodyOf(exchange), readBody(exchange, body), 'body '],
    ] as const;
    return found.flatMap(([wanted, got, what]) => differences(wanted, got).map((problem) => `${what}${problem}`));
  }

  #headersOf({ headers, json, form }: Exchange): Record<string, string> {
    const type =
      json !== undefined ? 'application/json' : form !== undefined ? 'application/x-www-form-urlencoded' : undefined;
    const wanted = { ...(type && { 'content-type': type }), ...this.#options.headers, ...headers };
    return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name.toLowerCase(), value]));
  }
}

function headersIn(request: IncomingMessage, announced: Readonly<Record<string, string>>): Record<string, unknown> {
  const said = Object.entries(request.headers).filter(([name]) => !UNSAID.has(name) || Object.hasOwn(announced, name));
  return Object.fromEntries(said);
}

function bodyOf({ json, form, text: plain }: Exchange): unknown {
  return json ?? form ?? plain ?? null;
}

function readBody({ json, form }: Exchange, body: string): unknown {
  if (body === '') return null;
  if (form !== undefined) return pairs(new URLSearchParams(body));
  if (json === undefined) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
