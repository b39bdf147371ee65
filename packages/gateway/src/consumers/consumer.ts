// Who calls, once it is known, and the ways to find out.

import type { AccessScheme, ConsumerLimit } from '@sluice/protocol';
import type { Exchange } from '../exchange/exchange.ts';

export interface Consumer {
  readonly name: string;
  readonly scopes: ReadonlySet<string>;
  /** User of the platform that it acts for. */
  readonly user: string;
  /** How it proved who it is. */
  readonly scheme: AccessScheme;
  /** Over all routes. The same list for as long as they are the same limits. */
  readonly limits?: readonly ConsumerLimit[];
}

/** Credentials are there, and are not right. */
export class WrongCredentials extends Error {
  override readonly name = 'WrongCredentials';
  /** It is counted already as an attempt to guess. */
  readonly counted: boolean;

  constructor(reason: string, counted = false) {
    super(reason);
    this.counted = counted;
  }
}

/** One way to prove who one is. */
export interface Scheme {
  readonly kind: AccessScheme;
  /** As error messages name it. */
  readonly title: string;
  /** Somebody could come this way now; what nobody can use is not offered. */
  offered(): boolean;
  /** For `WWW-Authenticate`; null where there is no word for it. */
  readonly challenge: string | null;
  /**
   * @param maxBodyBytes  how much of the body may be read, where that is needed
   * @returns null when the request has no credentials of this kind; the next scheme is asked
   * @throws WrongCredentials when it has some that are wrong: no other scheme is tried then
   * @throws SluiceError when they cannot be judged now, or may not be tried
   */
  identify(exchange: Exchange, maxBodyBytes: number): Consumer | null | Promise<Consumer | null>;
}
