// Requests from a step to a remote service: kept-alive connections, a time limit, a bounded answer, one measurement
// each, and a status table that decides what becomes of the message.

import { excerpt, retryAfterMs } from '@sluice/protocol';
import { Agent, request as send } from 'undici';
import type { StepLog } from '../step/context.ts';
import { Fail, LimitReached, Redeliver, StopQuietly } from '../step/errors.ts';
import { maskHeaders, maskUrl } from './masking.ts';
import { type HttpRequest, urlOf } from './request.ts';
import { type StatusRules, verdictOf } from './rules.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

const agent = new Agent({ connections: 128, keepAliveTimeout: 10_000 });

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

  text(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString('utf8');
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
    const response = await this.exchange(request, options);
    const verdict = verdictOf(response.status, options.rules);
    if (verdict === 'ok') return response;
    const reason = `${request.method ?? 'GET'} ${maskUrl(urlOf(request))} answered ${response.status}: ${excerpt(response.text())}`;
    const waitMs = retryAfterMs(response.headers['retry-after'], Date.now());
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

  /** Send a request and return whatever status came back. @throws Redeliver when no whole answer came */
  async exchange(request: HttpRequest, { maxBytes = DEFAULT_MAX_BYTES }: SendOptions = {}): Promise<HttpResponse> {
    const url = urlOf(request);
    const method = request.method ?? (request.json === undefined && request.body === undefined ? 'GET' : 'POST');
    const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = this.#options.signal ? AbortSignal.any([timeout, this.#options.signal]) : timeout;
    const headers = {
      ...this.#options.headers,
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    };
    const body = request.json === undefined ? (request.body ?? null) : JSON.stringify(request.json);
    const started = performance.now();
    const masked = maskUrl(url);
    let status = 0;
    try {
      const answer = await send(url, {
        method,
        headers,
        body,
        signal,
        dispatcher: agent,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      status = answer.statusCode;
      return new HttpResponse(status, answer.headers, await readBounded(answer.body, maxBytes, masked));
    } catch (cause) {
      if (cause instanceof Fail) throw cause;
      const why = timeout.aborted ? `no answer within ${timeoutMs} ms` : (cause as Error).message;
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

async function readBounded(body: AsyncIterable<Buffer>, maxBytes: number, url: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new Fail(`The answer of ${url} is larger than ${maxBytes} bytes. Raise maxBytes, or ask for less.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
