// A worker reached by URL. Existing workers get one request per call, in the body/headers contract of the existing wire
// (protocol/worker/envelope.ts); those that say they take batches get what is ready together in one request
// (protocol/worker/calls.ts), at a third of the cost.

import type { Called, Headers, StepCall } from '@sluice/protocol';
import { Pool } from 'undici';
import type { Chain } from '../../ports/worker-caller.ts';
import type { Transport } from './directory.ts';
import { HttpBatches } from './http-batches.ts';
import { postCall } from './http-call.ts';
import type { Sign } from './signer.ts';

export interface HttpTransportOptions {
  readonly url: string;
  /** Sent with every call, as HTTP headers and, to existing workers, in the envelope. */
  readonly headers?: Headers;
  /** Signs every request, when the worker checks it. */
  readonly sign?: Sign | undefined;
  /** Calls at once; default 256. */
  readonly concurrency?: number;
  /** Called when a call ended and another may begin. */
  readonly onFreed?: () => void;
  /** Called when a call found nobody there. */
  readonly onUnreachable?: (reason: string) => void;
}

export interface HttpTransport extends Transport {
  /** Whether the worker takes batches, as its last manifest said. */
  takesBatches(yes: boolean): void;
}

export function httpTransport({
  url,
  headers = {},
  sign,
  concurrency = 256,
  onFreed,
  onUnreachable,
}: HttpTransportOptions): HttpTransport {
  const { origin, pathname } = new URL(url);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections: 128,
    pipelining: 1,
    connectTimeout: 5_000,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const batches = new HttpBatches(pool, { prefix, headers, sign });
  let batching = false;
  let underway = 0;
  let closed = false;

  const send = async (call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called> => {
    if (batching) {
      const result = await batches.call(call, timeoutMs, signal, chain);
      if (result !== 'not-taken') return result;
      batching = false;
    }
    return postCall(pool, { prefix, headers, sign, call, timeoutMs, signal });
  };

  return {
    capacity: () => (closed ? 0 : concurrency - underway),

    chains: () => batching,

    async call(call, timeoutMs, signal, chain) {
      underway++;
      try {
        const result = await send(call, timeoutMs, signal, chain);
        if (result.kind === 'unreachable') onUnreachable?.(result.reason);
        return result;
      } finally {
        underway--;
        onFreed?.();
      }
    },

    takesBatches(yes) {
      batching = yes;
    },

    async close() {
      closed = true;
      await pool.close();
    },
  };
}
