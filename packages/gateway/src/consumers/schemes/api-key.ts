// A key in `x-api-key`. Never in the query: it would stand in every log on the way.

import type { Exchange } from '../../exchange/exchange.ts';
import { type Consumer, type Scheme, WrongCredentials } from '../consumer.ts';
import type { ConsumerBook } from '../consumer-book.ts';

export const KEY_HEADER = 'x-api-key';
/** What our keys begin with, so that they are recognised where they do not belong. */
export const KEY_PREFIX = 'slg_';

export class ApiKeyScheme implements Scheme {
  readonly kind = 'key';
  readonly title = 'API key (x-api-key)';
  readonly challenge = 'ApiKey realm="gateway", header="x-api-key"';
  readonly #book: ConsumerBook;

  constructor(book: ConsumerBook) {
    this.#book = book;
  }

  offered(): boolean {
    return true;
  }

  identify(exchange: Exchange): Consumer | null {
    const key = exchange.headers[KEY_HEADER];
    if (key === undefined) return null;
    // The service behind has no business with it.
    delete exchange.headers[KEY_HEADER];
    const found = this.#book.findKey(key);
    if (!found) throw new WrongCredentials('the key is not known, was revoked, or has expired');
    return found.consumer;
  }
}
