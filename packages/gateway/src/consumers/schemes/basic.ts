// User and password (RFC 7617).

import { networkOf } from '@sluice/protocol';
import type { Exchange } from '../../exchange/exchange.ts';
import { type Consumer, type Scheme, WrongCredentials } from '../consumer.ts';
import type { ConsumerBook } from '../consumer-book.ts';
import type { Guesses } from '../guesses.ts';
import type { Passwords } from '../passwords.ts';

const MAX_LENGTH = 600;

export class BasicScheme implements Scheme {
  readonly kind = 'basic';
  readonly title = 'user and password (Authorization: Basic)';
  readonly challenge = 'Basic realm="gateway", charset="UTF-8"';
  readonly #book: ConsumerBook;
  readonly #passwords: Passwords;
  readonly #guesses: Guesses;

  constructor(book: ConsumerBook, passwords: Passwords, guesses: Guesses) {
    this.#book = book;
    this.#passwords = passwords;
    this.#guesses = guesses;
  }

  /** Browsers ask people for a password when it is offered. */
  offered(): boolean {
    return this.#book.has('basic');
  }

  identify(exchange: Exchange): Consumer | null | Promise<Consumer | null> {
    const sent = exchange.headers.authorization;
    // Where nobody has a password, it is the business of the service behind.
    if (sent === undefined || !/^basic /i.test(sent) || !this.offered()) return null;
    delete exchange.headers.authorization;
    const pair = readPair(sent);
    if (!pair) throw new WrongCredentials('they are not a user and a password in base64');
    return this.#judge(networkOf(exchange.peer.address), pair);
  }

  async #judge(network: string, { user, password }: Pair): Promise<Consumer> {
    this.#guesses.mayTry(network, user);
    const found = this.#book.find('basic', user);
    let counted = false;
    const right = await this.#passwords.matches(found?.credential.proof ?? null, password, () => {
      counted = true;
      this.#guesses.attempt(network, found && user);
    });
    if (!right || !found) throw new WrongCredentials('the user or the password is wrong', true);
    if (counted) this.#guesses.takeBack(network, user);
    // It may have been revoked while it was hashed.
    const still = this.#book.find('basic', user);
    if (still?.credential.id !== found.credential.id) throw new WrongCredentials('the user or the password is wrong');
    return still.consumer;
  }
}

interface Pair {
  readonly user: string;
  readonly password: string;
}

function readPair(header: string): Pair | null {
  if (header.length > MAX_LENGTH) return null;
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 1 ? null : { user: text.slice(0, at), password: text.slice(at + 1) };
}
