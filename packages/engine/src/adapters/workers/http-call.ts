// One call in one request: the contract of the existing wire.
//
// Written against undici's dispatcher instead of its `request`: the request is the largest cost of a step, and this is
// the shortest way through the library.

import {
  actionPath,
  type CallResult,
  decodeAnswer,
  encodeCall,
  type Headers,
  retryAfterMs,
  SIGNATURE_HEADER,
  type StepCall,
} from '@sluice/protocol';
import type { Dispatcher, Pool } from 'undici';
import { failureOf, MAX_ANSWER_BYTES, tooLarge } from './http-failure.ts';
import type { Sign } from './signer.ts';

export interface CallRequest {
  /** Path of the worker's URL, without a slash at its end. */
  readonly prefix: string;
  readonly headers: Headers;
  readonly sign: Sign | undefined;
  readonly call: StepCall;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Ids of nodes are any text, HTTP headers are not; who needs the exact one reads the envelope. */
const headerText = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

/** Never rejects. */
export function postCall(pool: Pool, request: CallRequest): Promise<CallResult> {
  const { prefix, headers, sign, call, timeoutMs, signal } = request;
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
    signal?.addEventListener('abort', () => giveUp({ kind: 'unanswered', reason: 'the caller no longer waits' }), {
      once: true,
    });

    const path = actionPath(call.target.kind, call.target.action);
    const body = encodeCall(call, headers);
    pool.dispatch(
      {
        method: 'POST',
        path: prefix + path,
        headers: {
          ...headers,
          'content-type': 'application/json',
          accept: 'application/json',
          'correlation-id': call.processId,
          'node-id': headerText(call.target.node),
          'idempotency-key': call.idempotencyKey,
          ...(sign && { [SIGNATURE_HEADER]: sign(path, body) }),
        },
        body,
      },
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
          if (bytes > MAX_ANSWER_BYTES) giveUp(tooLarge);
          else chunks.push(chunk);
        },
        onResponseEnd() {
          const text = chunks.length === 1 ? chunks[0]!.toString('utf8') : Buffer.concat(chunks).toString('utf8');
          settle(decodeAnswer(call, status, text, waitMs));
        },
        onResponseError(_controller, error) {
          settle(failureOf(error));
        },
      },
    );
  });
}
