// Calls that became ready together, in one request. Answers come as lines while the request is open, so a slow call
// holds up nobody but itself.

import {
  CALLS_PATH,
  type Called,
  decodeAnswer,
  type Headers,
  retryAfterMs,
  SIGNATURE_HEADER,
  type StepCall,
  WorkBuilder,
} from '@sluice/protocol';
import { encodingOf } from '@sluice/protocol/text';
import type { Dispatcher, Pool } from 'undici';
import type { Chain } from '../../ports/worker-caller.ts';
import { failureOf, MAX_ANSWER_BYTES, tooLarge } from './http-failure.ts';
import { OpenCalls } from './open-calls.ts';
import type { Sign } from './signer.ts';

const MAX_CALLS = 128;

/** The worker has no such path any more: nothing of the batch was taken. */
type NotTaken = 'not-taken';

interface Batch {
  readonly work: WorkBuilder;
  /** Calls without an answer yet. */
  readonly open: Map<number, StepCall>;
  controller: Dispatcher.DispatchController | null;
}

export class HttpBatches {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #headers: Record<string, string>;
  readonly #sign: Sign | undefined;
  readonly #batchOf = new Map<number, Batch>();
  readonly #calls = new OpenCalls((late) => this.#late(late));
  #gathering: Batch | null = null;

  constructor(
    pool: Pool,
    { prefix, headers, sign }: { readonly prefix: string; readonly headers: Headers; readonly sign: Sign | undefined },
  ) {
    this.#pool = pool;
    this.#path = prefix + CALLS_PATH;
    this.#sign = sign;
    this.#headers = { ...headers, 'content-type': 'application/json', accept: 'application/x-ndjson' };
  }

  /** Never rejects. */
  call(call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called | NotTaken> {
    return new Promise((resolve) => {
      const number = this.#calls.open(timeoutMs, resolve as (result: Called) => void, chain);
      let batch = this.#gathering;
      if (!batch) {
        const begun: Batch = { work: new WorkBuilder(), open: new Map(), controller: null };
        batch = begun;
        this.#gathering = begun;
        setImmediate(() => this.#post(begun));
      }
      batch.work.add(number, call, timeoutMs, chain?.links);
      batch.open.set(number, call);
      this.#batchOf.set(number, batch);
      this.#calls.giveUpOn(number, signal);
      if (batch.work.size >= MAX_CALLS || batch.work.isFull) this.#gathering = null;
    });
  }

  #post(batch: Batch): void {
    if (this.#gathering === batch) this.#gathering = null;
    const decoder = new TextDecoder();
    let status = 0;
    let waitMs: number | undefined;
    let bytes = 0;
    /** What came after the last full line; for a status other than 200, everything. */
    let rest: string[] = [];
    const fail = (resultOf: (call: StepCall) => Called | NotTaken): void => {
      for (const [number, call] of batch.open) {
        this.#calls.end(number, resultOf(call) as Called);
        this.#batchOf.delete(number);
      }
      batch.open.clear();
    };
    const body = JSON.stringify(batch.work.build());
    const headers = this.#sign ? { ...this.#headers, [SIGNATURE_HEADER]: this.#sign(CALLS_PATH, body) } : this.#headers;
    this.#pool.dispatch(
      { method: 'POST', path: this.#path, headers, body: Buffer.from(body, encodingOf(body, Buffer.byteLength(body))) },
      {
        onRequestStart(started) {
          batch.controller = started;
          if (batch.open.size === 0) started.abort(new Error('the calls were given up'));
        },
        onResponseStart(_controller, statusCode, headers) {
          status = statusCode;
          waitMs = retryAfterMs(headers['retry-after'], Date.now());
        },
        onResponseData: (controller, chunk) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) {
            fail(() => tooLarge);
            controller.abort(new Error('the answer is too large'));
            return;
          }
          const text = decoder.decode(chunk, { stream: true });
          rest.push(text);
          // A long line comes in many pieces: put together once, when its end is here.
          if (status === 200 && text.includes('\n')) rest = [this.#lines(rest.join(''))];
        },
        onResponseEnd: () => {
          if (status === 200 && rest.length > 0) this.#lines(`${rest.join('')}\n`);
          if (status === 404 || status === 405) fail(() => 'not-taken');
          else if (status !== 200) fail((call) => decodeAnswer(call, status, rest.join(''), waitMs));
          else
            fail(() => ({ kind: 'unanswered', reason: 'the worker ended its answer without an answer to this call' }));
        },
        onResponseError: (_controller, error) => fail(() => failureOf(error)),
      },
    );
  }

  /** Take the full lines of a text. @returns what is left */
  #lines(text: string): string {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#line(text.slice(from, end));
      from = end + 1;
    }
    return text.slice(from);
  }

  /** A line that cannot be read answers nothing; its calls end with the request. */
  #line(line: string): void {
    let answers: unknown;
    try {
      answers = (JSON.parse(line) as { answers?: unknown } | null)?.answers;
    } catch {
      return;
    }
    if (!Array.isArray(answers)) return;
    this.#calls.settle(answers);
    for (const answer of answers) {
      const number = (answer as { call?: number } | null)?.call ?? 0;
      if (!this.#calls.has(number)) this.#ended(number);
    }
  }

  #ended(number: number): Batch | undefined {
    const batch = this.#batchOf.get(number);
    this.#batchOf.delete(number);
    batch?.open.delete(number);
    return batch;
  }

  /** A request whose calls are all given up is ended, so that the worker may stop as well. */
  #late(numbers: readonly number[]): void {
    for (const number of numbers) {
      const batch = this.#ended(number);
      if (batch?.open.size === 0) batch.controller?.abort(new Error('the calls were given up'));
    }
  }
}
