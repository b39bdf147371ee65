// W3C trace context: a trace that a client began goes on, another one begins here. What is behind the gateway gets it as its parent.

import { randomBytes } from 'node:crypto';
import type { Policy } from '../exchange/exchange.ts';

const PARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;

export const tracePolicy: Policy = (next) => (exchange) => {
  const { headers, id } = exchange;
  const parent = headers.traceparent;
  const found = parent === undefined ? null : PARENT.exec(parent);
  // An id of a request is as long as that of a trace, and as random.
  const trace = found ? found[1]! : id;
  // A state without a parent that can be read is nobody's.
  if (!found && headers.tracestate !== undefined) delete headers.tracestate;
  headers.traceparent = `00-${trace}-${spanId()}-${found ? found[2]! : '00'}`;
  headers['x-request-id'] = id;
  return next(exchange);
};

let pool = '';
let used = 0;

/** Random digits are made for many at once: each call costs more than the digits. */
function spanId(): string {
  if (used + 16 > pool.length) {
    pool = randomBytes(4_096).toString('hex');
    used = 0;
  }
  used += 16;
  return pool.slice(used - 16, used);
}
