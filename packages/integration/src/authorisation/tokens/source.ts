// Where tokens of an install come from.

import type { ProviderToken } from './record.ts';

export interface TokenSource {
  /** Another token can be made of the credentials at any time: nothing is used up by asking, and no person is needed. */
  readonly fromCredentials: boolean;
  /**
   * Ask for another token.
   * @param before  the last one
   * @throws ProviderFailure, SluiceError `authorisation.incomplete`
   */
  renew(before: ProviderToken | null): Promise<ProviderToken>;
  /** Give a token back. @throws ProviderFailure */
  revoke(token: ProviderToken): Promise<void>;
}
