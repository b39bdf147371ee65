// Calls that became ready together, in one request. Answers come as lines or frames while the request is open, so a slow
// call holds up nobody but itself.

import {
  CALLS_PATH,
  type Called,
  decodeAnswer,
  FRAMES_TYPE,
  framed,
  type Headers,
  namesFrames,
  retryAfterMs,
  SIGNATURE_HEADER,
  type StepCall,
  WorkBuilder,
} from '@sluice/protocol';
import { encodingOf } from '@sluice/protocol/text';
import type { Dispatcher, Pool } from 'undici';
import { ShortLived } from '../../core/short-lived.ts';
import type { Chain } from '../../ports/worker-caller.ts';
import { type BatchAnswer, framesOfAnswers, linesOfAnswers } from './batch-answer.ts';
import { failureOf, MAX_ANSWER_BYTES, tooLarge } from './http-failure.ts';
import { OpenCalls } from './open-calls.ts';
import type { Sign } from './signer.ts';

const MAX_CALLS = 128;
const JSON_TYPE = 'application/json';

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
  readonly #batchOf = new ShortLived<number, Batch>();
  readonly #calls = new OpenCalls((late) => this.#late(late));
  #gathering: Batch | null = null;
  /** The worker answered with frames, so it takes them as well. */
  #takesFrames = false;
  /** It, or what stands before it, refused them all the same: they are not tried again. */
  #refusedFrames = false;

  constructor(
    pool: Pool,
    { prefix, headers, sign }: { readonly prefix: string; readonly headers: Headers; readonly sign: Sign | undefined },
  ) {
    this.#pool = pool;
    this.#path = prefix + CALLS_PATH;
    this.#sign = sign;
    this.#headers = { ...headers, accept: `${FRAMES_TYPE}, application/x-ndjson` };
  }

  /** Never rejects. */
  call(call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called | NotTaken> {
    return new Promise((resolve) => {
      const number = this.#calls.open(timeoutMs, resolve as (result: Called) => void, chain);
      let batch = this.#gathering;
      if (!batch) {
        const begun: Batch = { work: new WorkBuilder(this.#takesFrames), open: new Map(), controller: null };
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
    let status = 0;
    let waitMs: number | undefined;
    let bytes = 0;
    let answer: BatchAnswer | null = null;
    /** What came with a status other than 200. */
    const refusal: Buffer[] = [];
    const fail = (resultOf: (call: StepCall) => Called | NotTaken): void => {
      for (const [number, call] of batch.open) {
        this.#calls.end(number, resultOf(call) as Called);
        this.#batchOf.take(number);
      }
      batch.open.clear();
    };
    const { headers, body, inFrames } = this.#request(batch.work);
    this.#pool.dispatch(
      { method: 'POST', path: this.#path, headers, body },
      {
        onRequestStart(started) {
          batch.controller = started;
          if (batch.open.size === 0) started.abort(new Error('the calls were given up'));
        },
        onResponseStart: (_controller, statusCode, headers) => {
          status = statusCode;
          waitMs = retryAfterMs(headers['retry-after'], Date.now());
          if (status !== 200) return;
          const isFramed = namesFrames(headers['content-type']);
          this.#takesFrames = isFramed && !this.#refusedFrames;
          answer = (isFramed ? framesOfAnswers : linesOfAnswers)((answers) => this.#answered(answers));
        },
        onResponseData: (controller, chunk) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) {
            fail(() => tooLarge);
            controller.abort(new Error('the answer is too large'));
          } else if (answer) answer.take(chunk);
          else refusal.push(chunk);
        },
        onResponseEnd: () => {
          answer?.end();
          const isRefused = inFrames && (status === 400 || status === 415);
          if (isRefused) {
            this.#refusedFrames = true;
            this.#takesFrames = false;
          }
          if (isRefused || status === 404 || status === 405) fail(() => 'not-taken');
          else if (status !== 200) fail((call) => decodeAnswer(call, status, String(Buffer.concat(refusal)), waitMs));
          else
            fail(() => ({ kind: 'unanswered', reason: 'the worker ended its answer without an answer to this call' }));
        },
        onResponseError: (_controller, error) => fail(() => failureOf(error)),
      },
    );
  }

  #request(work: WorkBuilder): { headers: Record<string, string>; body: Buffer; inFrames: boolean } {
    const frame = work.frame();
    const inFrames = frame instanceof Uint8Array;
    const body = inFrames ? framed(frame) : bytesOf(JSON.stringify(work.build()));
    const headers: Record<string, string> = { ...this.#headers, 'content-type': inFrames ? FRAMES_TYPE : JSON_TYPE };
    if (this.#sign) headers[SIGNATURE_HEADER] = this.#sign(CALLS_PATH, body);
    return { headers, body, inFrames };
  }

  #answered(answers: readonly unknown[]): void {
    this.#calls.settle(answers);
    for (const answer of answers) {
      const number = (answer as { call?: number } | null)?.call ?? 0;
      if (!this.#calls.has(number)) this.#ended(number);
    }
  }

  #ended(number: number): Batch | undefined {
    const batch = this.#batchOf.take(number);
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

const bytesOf = (text: string): Buffer => Buffer.from(text, encodingOf(text, Buffer.byteLength(text)));
