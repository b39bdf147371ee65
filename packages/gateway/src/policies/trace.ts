// W3C trace context: a trace that a client began goes on, another one begins here. What is behind the gateway gets it as its parent.

import { randomBytes } from 'node:crypto';
import type { Policy } from '../exchange/exchange.ts';

const PARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;

export const tracePolicy: Policy = (next) => (exchange) => {
  const { headers, id } = exchange;
  const parent = headers.traceparent;
  const found = parent === undefined ? null : PARENT.exec(parent);
  // Ids of requests are random: without their hyphens they are ids of traces.
  const trace = found ? found[1]! : id.replaceAll('-', '');
  // A state without a parent that can be read is nobody's.
  if (!found) delete headers.tracestate;
  headers.traceparent = `00-${trace}-${spanId()}-${found ? found[2]! : '00'}`;
  headers['x-request-id'] = id;
  return next(exchange);
};

let pool = Buffer.alloc(0);
let used = 0;

/** Random bytes are fetched for many at once: each fetch costs more than the bytes. */
function spanId(): string {
  if (used + 8 > pool.length) {
    pool = randomBytes(4_096);
    used = 0;
  }
  used += 8;
  return pool.toString('hex', used - 8, used);
}
