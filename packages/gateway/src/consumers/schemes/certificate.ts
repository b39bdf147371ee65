// A client certificate (mutual TLS): by its fingerprint, or by its subject.

import type { Exchange } from '../../exchange/exchange.ts';
import { certificateOf } from '../../exchange/peer.ts';
import { type Consumer, type Scheme, WrongCredentials } from '../consumer.ts';
import type { ConsumerBook } from '../consumer-book.ts';

export class CertificateScheme implements Scheme {
  readonly kind = 'certificate';
  readonly title = 'client certificate';
  readonly challenge = null;
  readonly #book: ConsumerBook;

  constructor(book: ConsumerBook) {
    this.#book = book;
  }

  offered(): boolean {
    return this.#book.has('certificate');
  }

  identify(exchange: Exchange): Consumer | null {
    if (!this.offered()) return null;
    const shown = certificateOf(exchange.request, exchange.peer.proxied);
    if (!shown) return null;
    const found = this.#book.find('certificate', shown.fingerprint) ?? this.#book.find('certificate', shown.subject);
    if (!found) throw new WrongCredentials('the client certificate belongs to no consumer');
    return found.consumer;
  }
}
