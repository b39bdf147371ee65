// Requests from a step to a remote service: kept-alive connections, a time limit, a bounded answer, one measurement
// each, and a status table that decides what becomes of the message.

import { excerpt, retryAfterMs } from '@sluice/protocol';
import type { StepLog } from '../step/context.ts';
import { Fail, LimitReached, Redeliver, StopQuietly } from '../step/errors.ts';
import { maskHeaders, maskSent, maskUrl } from './masking.ts';
import { type HttpRequest, urlOf } from './request.ts';
import { type StatusRules, verdictOf } from './rules.ts';
import { undiciWire, type Wire } from './wire.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** The library refuses the request itself: a header with a line break, a method that does not exist. */
const NEVER_SENDABLE = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'ERR_INVALID_CHAR']);

export interface SendOptions {
  /** Added to the default table. */
  readonly rules?: StatusRules;
  /** Bytes of the answer that are read at most; default 64 MiB. */
  readonly maxBytes?: number;
}

export class HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Uint8Array;

  constructor(status: number, headers: HttpResponse['headers'], bytes: Uint8Array) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  /**
   * The body as text in the character set its content type names, else UTF-8.
   * @throws Fail when the bytes are not of that character set: a damaged text would go on as if nothing were wrong
   */
  text(): string {
    const charset = /charset=["']?([\w.:-]+)/i.exec(String(this.headers['content-type'] ?? ''))?.[1] ?? 'utf-8';
    try {
      return new TextDecoder(charset, { fatal: true }).decode(this.bytes);
    } catch (cause) {
      throw new Fail(
        `The remote service answered ${this.status} with ${this.bytes.byteLength} bytes that are no text in ${charset}. Read "bytes" instead.`,
        { cause },
      );
    }
  }

  /** @throws Fail when the answer is not JSON */
  json<T = unknown>(): T {
    const text = this.text();
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new Fail(`The remote service answered ${this.status} with something that is no JSON: ${excerpt(text)}`, {
        cause,
      });
    }
  }
}

export interface SenderOptions {
  readonly signal?: AbortSignal;
  /** Sent with every request unless the request has its own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly onSent?: (sent: { url: string; status: number; durationMs: number }) => void;
  readonly log?: Pick<StepLog, 'debug'>;
  /** How requests leave; a test answers them in process. */
  readonly wire?: Wire;
  /** Epoch milliseconds, to read a `Retry-After` that is a date. */
  readonly now?: () => number;
  /** A signal that aborts after so many milliseconds. */
  readonly timeout?: (ms: number) => AbortSignal;
}

export class HttpSender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions = {}) {
    this.#options = options;
  }

  /**
   * Send a request and judge its answer.
   * @returns the answer when the rules say `ok`
   * @throws Fail, Redeliver, LimitReached or StopQuietly as the rules say; Redeliver when no answer came
   */
  async send(request: HttpRequest, options: SendOptions = {}): Promise<HttpResponse> {
    return this.judge(request, await this.exchange(request, options), options);
  }

  /** What the rules say of an answer; see `send`. */
  judge(request: HttpRequest, response: HttpResponse, options: SendOptions = {}): HttpResponse {
    const verdict = verdictOf(response.status, options.rules);
    if (verdict === 'ok') return response;
    const url = urlOf(request);
    const said = maskSent(Buffer.from(response.bytes).toString('utf8'), this.#headersOf(request), url);
    const reason = `${methodOf(request)} ${maskUrl(url)} answered ${response.status}: ${excerpt(said)}`;
    const waitMs = retryAfterMs(response.headers['retry-after'], (this.#options.now ?? Date.now)());
    switch (verdict) {
      case 'redeliver':
        throw new Redeliver(reason, waitMs === undefined ? {} : { delayMs: waitMs });
      case 'limit':
        throw new LimitReached(reason, waitMs === undefined ? {} : { retryAfterMs: waitMs });
      case 'stop':
        throw new StopQuietly(reason);
      case 'fail':
        throw new Fail(reason);
    }
  }

  #headersOf({ json, headers }: HttpRequest): Record<string, string> {
    return {
      ...this.#options.headers,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
  }

  /**
   * Send a request and return whatever status came back.
   * @throws Redeliver when no whole answer came, Fail when the request can never be sent as it is
   */
  async exchange(request: HttpRequest, { maxBytes = DEFAULT_MAX_BYTES }: SendOptions = {}): Promise<HttpResponse> {
    const url = urlOf(request);
    const method = methodOf(request);
    const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timeout = (this.#options.timeout ?? AbortSignal.timeout)(timeoutMs);
    const signal = this.#options.signal ? AbortSignal.any([timeout, this.#options.signal]) : timeout;
    const headers = this.#headersOf(request);
    const body = request.json === undefined ? (request.body ?? null) : JSON.stringify(request.json);
    const started = performance.now();
    const masked = maskUrl(url);
    let status = 0;
    try {
      const answer = await (this.#options.wire ?? undiciWire)({ url, method, headers, body, signal });
      status = answer.status;
      return new HttpResponse(status, answer.headers, await readBounded(answer.body, maxBytes, masked));
    } catch (cause) {
      if (cause instanceof Fail) throw cause;
      const why = timeout.aborted
        ? `no answer within ${timeoutMs} ms`
        : maskSent((cause as Error).message, headers, url);
      if (NEVER_SENDABLE.has((cause as NodeJS.ErrnoException).code ?? ''))
        throw new Fail(`${method} ${masked} cannot be sent: ${why}`, { cause });
      throw new Redeliver(`${method} ${masked} failed: ${why}`, { cause });
    } finally {
      const durationMs = Math.round(performance.now() - started);
      this.#options.onSent?.({ url: masked, status, durationMs });
      this.#options.log?.debug(`${method} ${masked} → ${status || 'no answer'} in ${durationMs} ms`, {
        headers: maskHeaders(headers),
      });
    }
  }
}

function methodOf({ method, json, body }: HttpRequest): string {
  return method ?? (json === undefined && body === undefined ? 'GET' : 'POST');
}

async function readBounded(body: AsyncIterable<Uint8Array>, maxBytes: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new Fail(`The answer of ${url} is larger than ${maxBytes} bytes. Raise maxBytes, or ask for less.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
