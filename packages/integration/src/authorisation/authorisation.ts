// Tokens of installs. Applications whose proof is made from the filled-in credentials alone need none.

import type { AccessToken, ApplicationManifest } from '@sluice/protocol';
import type { StoredInstall } from '../installs/store.ts';

export interface AuthorisationState {
  readonly authorised: 'not-needed' | 'yes' | 'no' | 'broken';
  readonly reason: string | null;
  readonly expiresAt: number | null;
}

export interface Authorisation {
  /**
   * A token that is good for a while, or null when the application needs none.
   * @param rejected  revision of the token that the service refused
   * @throws SluiceError `install.not_authorised`
   */
  token(application: ApplicationManifest, install: StoredInstall, rejected?: number): Promise<AccessToken | null>;
  state(application: ApplicationManifest, install: StoredInstall): Promise<AuthorisationState>;
  /** Give the token back to the provider where it takes it, and forget it. */
  forget(install: StoredInstall): Promise<void>;
}

/** Until providers are asked: nobody has a token. */
export const noTokens: Authorisation = {
  token: async () => null,
  state: async () => ({ authorised: 'not-needed', reason: null, expiresAt: null }),
  forget: async () => {},
};
