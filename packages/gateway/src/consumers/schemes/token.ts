// Access tokens in `Authorization: Bearer` (RFC 6750).

import { networkOf } from '@sluice/protocol';
import type { Exchange } from '../../exchange/exchange.ts';
import type { IssuerBook } from '../../issuers/issuer-book.ts';
import { type Consumer, type Scheme, WrongCredentials } from '../consumer.ts';
import type { Guesses } from '../guesses.ts';

export class TokenScheme implements Scheme {
  readonly kind = 'token';
  readonly title = 'access token (Authorization: Bearer)';
  readonly challenge = 'Bearer realm="gateway"';
  readonly #issuers: IssuerBook;
  readonly #guesses: Guesses;

  constructor(issuers: IssuerBook, guesses: Guesses) {
    this.#issuers = issuers;
    this.#guesses = guesses;
  }

  offered(): boolean {
    return this.#issuers.any();
  }

  identify(exchange: Exchange): Promise<Consumer> | null {
    const sent = exchange.headers.authorization;
    // Where there is no issuer, tokens are the business of the service behind.
    if (sent === undefined || !/^bearer /i.test(sent) || !this.offered()) return null;
    delete exchange.headers.authorization;
    const token = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(sent)?.[1];
    if (token === undefined) throw new WrongCredentials('the token has characters that no token has');
    return this.#issuers.consumerOf(token, () => this.#guesses.waitOf(networkOf(exchange.peer.address)));
  }
}
