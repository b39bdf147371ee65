// A key in `x-api-key`. Never in the query: it would stand in every log on the way.

import { SluiceError } from '@sluice/protocol';
import type { Exchange } from '../../exchange/exchange.ts';
import type { Consumer, Scheme } from '../consumer.ts';
import type { ConsumerBook } from '../consumer-book.ts';

const HEADER = 'x-api-key';

export class ApiKeyScheme implements Scheme {
  readonly name = 'API key (x-api-key)';
  readonly challenge = 'ApiKey header="x-api-key"';
  readonly #book: ConsumerBook;

  constructor(book: ConsumerBook) {
    this.#book = book;
  }

  identify(exchange: Exchange): Consumer | null {
    const key = exchange.headers[HEADER];
    if (key === undefined) return null;
    // The service behind has no business with it.
    delete exchange.headers[HEADER];
    const consumer = this.#book.byKey(key);
    if (!consumer) throw new SluiceError('gateway.unauthenticated', { schemes: [this.name] });
    return consumer;
  }
}
