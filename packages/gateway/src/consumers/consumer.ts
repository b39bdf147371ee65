// Who calls, once it is known.

export interface Consumer {
  readonly name: string;
  readonly scopes: ReadonlySet<string>;
  /** User of the platform that it acts for. */
  readonly user: string;
  /** How it proved who it is. */
  readonly scheme: string;
}

/** One way to prove who one is. */
export interface Scheme {
  /** As `WWW-Authenticate` and error messages name it. */
  readonly name: string;
  /** The challenge for `WWW-Authenticate`. */
  readonly challenge: string;
  /**
   * @returns null when the request has no credentials of this kind; the next scheme is asked
   * @throws SluiceError `gateway.unauthenticated` when it has some that are wrong: no other scheme is tried then
   */
  identify(exchange: import('../exchange/exchange.ts').Exchange): Consumer | null | Promise<Consumer | null>;
}
