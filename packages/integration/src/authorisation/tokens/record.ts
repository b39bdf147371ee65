// The token of an install, as it is kept. Its secrets are sealed; what is decided by stands beside them in clear.

/** What a provider gave. */
export interface ProviderToken {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly tokenType: string;
  /** Epoch ms; null when the provider did not say. */
  readonly expiresAt: number | null;
  readonly scopes: readonly string[];
  /** Of OAuth 1.0a. */
  readonly tokenSecret?: string;
  readonly extra: Readonly<Record<string, string>>;
}

/** Written before a provider is asked for another token: whoever finds it knows that the question may have been put. */
export interface Intent {
  readonly id: string;
  /** The process that asks. */
  readonly holder: string;
  readonly since: number;
  /** Nobody asks for longer. */
  readonly until: number;
}

/** Why the provider is not asked again for a while. */
export interface Pause {
  readonly kind: 'refused' | 'unavailable';
  readonly reason: string;
  readonly until: number;
  /** Of the install: other settings are worth a try at once. */
  readonly installRevision: number;
  /** In a row. */
  readonly failures: number;
}

/**
 * - `ready`: there is a token, or what one is made of
 * - `refreshing`: somebody asks the provider; nobody else may
 * - `broken`: a person has to authorise again
 */
export interface TokenRecord {
  readonly application: string;
  readonly user: string;
  readonly state: 'ready' | 'refreshing' | 'broken';
  /** Grows with every token, also over a removal. */
  readonly revision: number;
  /** Sealed JSON of a ProviderToken; null before the first. */
  readonly secrets: string | null;
  readonly obtainedAt: number;
  readonly expiresAt: number | null;
  readonly renewable: boolean;
  /** The provider replaces the refresh token with every use; null until that was seen. */
  readonly rotates: boolean | null;
  /** Of `refreshing`; of `broken`, the question whose answer is missing. */
  readonly intent: Intent | null;
  /** Of `broken`, in words. */
  readonly reason: string | null;
  readonly pause: Pause | null;
}

const MOST_MARGIN_MS = 60_000;

/** It ends soon, or has ended: another one is asked for. */
export function isStale({ obtainedAt, expiresAt }: TokenRecord, now: number): boolean {
  if (expiresAt === null) return false;
  const margin = Math.min(MOST_MARGIN_MS, (expiresAt - obtainedAt) / 5);
  return now >= expiresAt - margin;
}

/** The service may still take it. */
export function isAlive({ expiresAt, secrets }: TokenRecord, now: number): boolean {
  return secrets !== null && (expiresAt === null || now < expiresAt);
}
