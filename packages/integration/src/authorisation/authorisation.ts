// Tokens of installs: the platform's conversations with providers, and what of them concerns others.

import type { AccessToken, ApplicationManifest, AuthorizeAnswer } from '@sluice/protocol';
import type { StoredInstall } from '../installs/store.ts';

/** An install, and what its application says of itself. */
export interface Subject {
  readonly manifest: ApplicationManifest;
  readonly install: StoredInstall;
}

export interface AuthorisationState {
  readonly authorised: 'not-needed' | 'yes' | 'no' | 'broken';
  readonly reason: string | null;
  readonly expiresAt: number | null;
}

/** How it ended for the person that came back from a provider. */
export interface Returned {
  readonly done: boolean;
  /** Name of the application, when it is known which. */
  readonly application: string | null;
  /** What went wrong, in words; null when nothing did. */
  readonly problem: string | null;
  /** Path of this platform where the person goes on. */
  readonly returnTo: string | null;
}

export interface Authorisation {
  /**
   * A token that is good for a while, or null when the application needs none.
   * @param rejected  revision of the token that the service refused
   * @throws SluiceError `install.not_authorised`, `authorisation.unavailable`, `authorisation.incomplete`
   */
  token(application: ApplicationManifest, install: StoredInstall, rejected?: number): Promise<AccessToken | null>;
  state(application: ApplicationManifest, install: StoredInstall): Promise<AuthorisationState>;
  /** Give the token back to the provider where it takes it, and forget it. @returns what the provider said against it */
  forget(install: StoredInstall, application: ApplicationManifest | null): Promise<string | null>;
  /**
   * Begin, for a person.
   * @throws SluiceError `authorisation.not_offered`, `.incomplete`, `.refused`, `.unavailable`, `.bad_return`
   */
  begin(application: ApplicationManifest, install: StoredInstall, returnTo: string | null): Promise<AuthorizeAnswer>;
  /** The person comes back. Never rejects for anything that stands in the query. */
  returned(query: Readonly<Record<string, unknown>>): Promise<Returned>;
}
