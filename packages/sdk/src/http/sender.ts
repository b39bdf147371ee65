// Requests from a step to a remote service: kept-alive connections, a time limit, a bounded answer, one measurement
// each, and a status table that decides what becomes of the message.

import { rateLimitResetMs, retryAfterMs } from '@sluice/protocol';
import type { StepLog } from '../step/context.ts';
import { Fail, LimitReached, Redeliver, StopQuietly } from '../step/errors.ts';
import { assertInForce } from './client-certificate.ts';
import { mergeHeaders } from './headers.ts';
import { maskHeaders, maskUrl } from './masking.ts';
import type { Reading } from './reading.ts';
import { answerReason, noAnswer } from './reasons.ts';
import { type HttpRequest, type SettledRequest, settle } from './request.ts';
import { HttpResponse, readBounded } from './response.ts';
import { type StatusRules, verdictOf } from './rules.ts';
import { undiciWire, type Wire } from './wire.ts';

export { HttpResponse } from './response.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export interface SendOptions {
  /** Added to the default table. */
  readonly rules?: StatusRules;
  /** What the service says of its answer itself. */
  readonly read?: (response: HttpResponse, now: number) => Reading | undefined;
  /** Bytes of the answer that are read at most; default 64 MiB. */
  readonly maxBytes?: number;
  /** Secrets in the body: when the other side repeats them, no reason does. What names call secret is known. */
  readonly secrets?: readonly string[];
}

export interface SenderOptions {
  readonly signal?: AbortSignal;
  /** Sent with every request unless the request has its own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly onSent?: (sent: { method: string; url: string; status: number; durationMs: number }) => void;
  readonly log?: Pick<StepLog, 'debug'>;
  /** How requests leave; a test answers them in process. */
  readonly wire?: Wire;
  /** Epoch milliseconds, to read a `Retry-After` that is a date, and to know whether a certificate is in force. */
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
    const now = this.#now();
    const reading = options.read?.(response, now) ?? {};
    const { verdict = verdictOf(response.status, options.rules), code, says, untilMs } = reading;
    if (verdict === 'ok') return response;
    const reason = answerReason(this.#outgoing(request), response, { secrets: options.secrets, says });
    const waitMs =
      untilMs === undefined
        ? (retryAfterMs(response.headers['retry-after'], now) ??
          (verdict === 'limit' ? rateLimitResetMs(response.headers, now) : undefined))
        : Math.max(0, untilMs - now);
    switch (verdict) {
      case 'redeliver':
        throw new Redeliver(reason, waitMs === undefined ? {} : { delayMs: waitMs });
      case 'limit':
        throw new LimitReached(reason, waitMs === undefined ? {} : { retryAfterMs: waitMs });
      case 'stop':
        throw new StopQuietly(reason);
      case 'fail':
        throw new Fail(reason, code === undefined ? {} : { code });
    }
  }

  /** Whether a newer token might help. */
  tokenRefused(response: HttpResponse, { read }: SendOptions = {}): boolean {
    return response.status === 401 || read?.(response, this.#now())?.tokenRefused === true;
  }

  /**
   * Send a request and return whatever status came back.
   * @throws Redeliver when no whole answer came, Fail when the request can never be sent as it is
   */
  async exchange(request: HttpRequest, { maxBytes = DEFAULT_MAX_BYTES }: SendOptions = {}): Promise<HttpResponse> {
    const sent = this.#outgoing(request);
    const { method, headers, body = null, guard, tls, timeoutMs = DEFAULT_TIMEOUT_MS } = sent;
    const url = new URL(sent.url);
    if (tls) assertInForce(tls, url, this.#now());
    const timeout = (this.#options.timeout ?? AbortSignal.timeout)(timeoutMs);
    const signal = this.#options.signal ? AbortSignal.any([timeout, this.#options.signal]) : timeout;
    const started = performance.now();
    const masked = maskUrl(url);
    const connection = { ...(guard && { guard }), ...(tls && { tls }) };
    let status = 0;
    try {
      const wire = this.#options.wire ?? undiciWire;
      const answer = await wire({ url, method, headers, body, signal, ...connection });
      status = answer.status;
      return new HttpResponse(status, answer.headers, await readBounded(answer.body, maxBytes, masked));
    } catch (cause) {
      throw noAnswer(sent, cause as Error, timeout.aborted ? timeoutMs : null);
    } finally {
      const durationMs = Math.round(performance.now() - started);
      this.#options.onSent?.({ method, url: masked, status, durationMs });
      this.#options.log?.debug(`${method} ${masked} → ${status || 'no answer'} in ${durationMs} ms`, {
        headers: maskHeaders(headers),
      });
    }
  }

  #outgoing(request: HttpRequest): SettledRequest {
    const settled = settle(request);
    return { ...settled, headers: mergeHeaders(this.#options.headers ?? {}, settled.headers) };
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
