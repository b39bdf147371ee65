// Who speaks with whom: addresses of the provider, filled in by the install, and the client with its credentials.

import { CREDENTIALS_FORM, fillTemplate, type OAuth2Descriptor, type Settings, SluiceError } from '@sluice/protocol';
import type { AuthorizationServer, Client, ClientAuth } from 'oauth4webapi';
import { effectiveSettings } from '../../installs/settings.ts';
import type { Subject } from '../authorisation.ts';

export interface Parties {
  readonly descriptor: OAuth2Descriptor;
  readonly settings: Settings;
  readonly server: AuthorizationServer;
  readonly client: Client;
  readonly proof: ClientAuth;
  /** Addresses whose host a user chose. */
  readonly guarded: ReadonlySet<string>;
}

/** @throws SluiceError `authorisation.incomplete` when the install lacks what an address or a proof is made of */
export function partiesOf(descriptor: OAuth2Descriptor, { manifest, install }: Subject): Parties {
  const { application, user } = install;
  const settings = effectiveSettings(manifest.forms, install.settings);
  const guarded = new Set<string>();
  const fill = (template: string): string => {
    const { url, userGivenHost } = incompleteAs(install, () => fillTemplate(template, settings));
    if (userGivenHost) guarded.add(new URL(url).href);
    return url;
  };
  const { authorizationUrl, tokenUrl, revocationUrl, deviceAuthorizationUrl, issuer } = descriptor;
  const server: AuthorizationServer = {
    issuer: issuer ? fill(issuer) : fill(tokenUrl),
    token_endpoint: fill(tokenUrl),
    ...(authorizationUrl && { authorization_endpoint: fill(authorizationUrl) }),
    ...(revocationUrl && { revocation_endpoint: fill(revocationUrl) }),
    ...(deviceAuthorizationUrl && { device_authorization_endpoint: fill(deviceAuthorizationUrl) }),
  };
  const credentials = settings[CREDENTIALS_FORM] ?? {};
  const clientId = textOf(credentials.clientId);
  const secret = textOf(credentials.clientSecret);
  const missing = (name: string): never => {
    throw new SluiceError('authorisation.incomplete', {
      application,
      user,
      reason: `"${name}" of the form "${CREDENTIALS_FORM}" is not filled in.`,
    });
  };
  const isAssertion = descriptor.grant === 'jwt-bearer';
  if (!isAssertion && clientId === '') missing('clientId');
  if (!isAssertion && descriptor.clientAuthentication !== 'none' && secret === '') missing('clientSecret');
  const how = secret === '' ? 'none' : descriptor.clientAuthentication;
  return {
    descriptor,
    settings,
    server,
    client: { client_id: clientId || '-' },
    proof: proofs(clientId, secret)[how],
    guarded,
  };
}

const proofs = (id: string, secret: string): Readonly<Record<'basic' | 'body' | 'none', ClientAuth>> => ({
  basic: (_server, _client, _body, headers) => {
    headers.set(
      'authorization',
      `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64')}`,
    );
  },
  body: (_server, _client, body) => {
    body.set('client_id', id);
    body.set('client_secret', secret);
  },
  none: (_server, _client, body) => {
    if (id !== '') body.set('client_id', id);
  },
});

/** As RFC 6749 says, and no character more: many providers do not decode, and a client id is often a UUID. */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** @throws SluiceError `authorisation.incomplete` for whatever the work says in words */
export function incompleteAs<T>({ application, user }: { application: string; user: string }, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new SluiceError(
      'authorisation.incomplete',
      { application, user, reason: (cause as Error).message },
      { cause },
    );
  }
}
