// A worker reached by URL: the body/headers contract of the existing wire (protocol/worker/envelope.ts).
//
// Written against undici's dispatcher instead of its `request`: one call is the largest cost of a step, and this is the
// shortest way through the library.

import {
  actionPath,
  type CallResult,
  decodeAnswer,
  encodeCall,
  type Headers,
  retryAfterMs,
  type StepCall,
} from '@sluice/protocol';
import { type Dispatcher, Pool } from 'undici';
import type { Transport } from './directory.ts';

export interface HttpTransportOptions {
  readonly url: string;
  /** Sent with every call, as HTTP headers and in the envelope. */
  readonly headers?: Headers;
  /** Calls at once; default 256. */
  readonly concurrency?: number;
  /** Called when a call ended and another may begin. */
  readonly onFreed?: () => void;
}

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
/** Failures before anything can have reached the worker. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function httpTransport({ url, headers = {}, concurrency = 256, onFreed }: HttpTransportOptions): Transport {
  const base = new URL(url);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, {
    connections: 128,
    pipelining: 1,
    connectTimeout: 5_000,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const fixed = { ...headers, 'content-type': 'application/json', accept: 'application/json' };
  let underway = 0;
  let closed = false;

  return {
    capacity: () => (closed ? 0 : concurrency - underway),

    async call(call: StepCall, timeoutMs: number): Promise<CallResult> {
      underway++;
      try {
        return await post(pool, {
          path: prefix + actionPath(call.kind, call.action),
          headers: {
            ...fixed,
            'correlation-id': call.processId,
            'node-id': call.node,
            'idempotency-key': call.idempotencyKey,
          },
          body: encodeCall(call, headers),
          timeoutMs,
          call,
        });
      } finally {
        underway--;
        onFreed?.();
      }
    },

    async close() {
      closed = true;
      await pool.close();
    },
  };
}

interface Request {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly call: StepCall;
}

function post(pool: Pool, { path, headers, body, timeoutMs, call }: Request): Promise<CallResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let status = 0;
    let waitMs: number | undefined;
    let controller: Dispatcher.DispatchController | null = null;
    let settled = false;
    const settle = (result: CallResult): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(result);
    };
    const giveUp = (result: CallResult): void => {
      settle(result);
      controller?.abort(new Error('the call was given up'));
    };
    const timer = setTimeout(
      () => giveUp({ kind: 'unanswered', reason: `no answer within ${timeoutMs} ms` }),
      timeoutMs,
    );

    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart(started) {
          controller = started;
          if (settled) started.abort(new Error('the call was given up'));
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          status = statusCode;
          waitMs = retryAfterMs(responseHeaders['retry-after'], Date.now());
        },
        onResponseData(_controller, chunk) {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES)
            giveUp({
              kind: 'malformed',
              code: 'worker.answer_malformed',
              reason: `the answer is larger than ${MAX_ANSWER_BYTES} bytes`,
            });
          else chunks.push(chunk);
        },
        onResponseEnd() {
          const text = chunks.length === 1 ? chunks[0]!.toString('utf8') : Buffer.concat(chunks).toString('utf8');
          settle(decodeAnswer(call, status, text, waitMs));
        },
        onResponseError(_controller, error) {
          const code = (error as NodeJS.ErrnoException).code ?? '';
          const reason = `${error.message}${code && !error.message.includes(code) ? ` (${code})` : ''}`;
          settle({ kind: NEVER_SENT.has(code) ? 'unreachable' : 'unanswered', reason });
        },
      },
    );
  });
}
