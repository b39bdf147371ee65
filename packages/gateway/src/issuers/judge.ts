// What a token says, once it is known to be true.

/** Claims of a token, or members of an introspection (RFC 7662). */
export type Claims = Readonly<Record<string, unknown>>;

export interface TokenJudge {
  /**
   * @param waitMs  how long whoever sends it has to wait for having sent too many wrong ones
   * @throws WrongCredentials when the token is not good
   * @throws SluiceError `gateway.issuer_unavailable`, `gateway.too_many_attempts`
   */
  judge(token: string, waitMs: () => number): Promise<Claims>;
}
