// Where a person agrees: the authorization request of RFC 6749, 4.1.1, with PKCE (RFC 7636).

import { calculatePKCECodeChallenge } from 'oauth4webapi';
import type { Parties } from './parties.ts';

export interface AuthorizationRequest {
  readonly state: string;
  readonly redirectUri: string;
  /** null: the provider does not take PKCE */
  readonly verifier: string | null;
}

export async function authorizationUrl(
  { descriptor, server, client }: Parties,
  { state, redirectUri, verifier }: AuthorizationRequest,
): Promise<string> {
  const url = new URL(server.authorization_endpoint!);
  const { scopes, scopeSeparator, authorizationParameters = {} } = descriptor;
  const own: Record<string, string> = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    state,
    ...(scopes.length > 0 ? { scope: scopes.join(scopeSeparator) } : {}),
    ...(verifier === null
      ? {}
      : { code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }),
  };
  // What protects the answer is not for the application to change.
  for (const [name, value] of Object.entries({ ...authorizationParameters, ...own })) url.searchParams.set(name, value);
  return url.href;
}
