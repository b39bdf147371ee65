// How much a route takes. A body that says its length is judged by it; one that does not is counted while it passes.

import { SluiceError } from '@sluice/protocol';
import { bounded, isStream } from '../exchange/body.ts';
import type { Policy } from '../exchange/exchange.ts';

export function bodyLimitPolicy(maxBytes: number): Policy {
  return (next) => (exchange) => {
    const length = exchange.headers['content-length'];
    // The parser holds a client to the length it says.
    if (length !== undefined && Number(length) > maxBytes)
      return Promise.reject(new SluiceError('gateway.too_large', { maxBytes }));
    if (length === undefined && isStream(exchange.body)) exchange.body = bounded(exchange.body, maxBytes);
    exchange.askForBody();
    return next(exchange);
  };
}
