// How applications prove who asks, in words: short for filters and cards, and in full.

import type { ApplicationView } from '@sluice/protocol';

const AUTH: Readonly<Record<string, string>> = {
  'oauth2 authorization-code': 'OAuth 2: a person agrees at the service',
  'oauth2 client-credentials': 'OAuth 2 with client credentials',
  'oauth2 device-code': 'OAuth 2: a code is entered on another device',
  'oauth2 jwt-bearer': 'OAuth 2 with a signed assertion',
  'oauth2 by-worker': 'OAuth 2, done by the worker itself',
  oauth1: 'OAuth 1.0a: a person agrees at the service',
  basic: 'user name and password',
  'api-key': 'API key',
  bearer: 'bearer token',
  hmac: 'requests signed by HMAC',
  jwt: 'signed JWT',
  'aws-sigv4': 'AWS signature, version 4',
  'mutual-tls': 'client certificate',
  custom: 'its own way',
};

export function authWords({ auth }: ApplicationView): string {
  if (!auth) return 'none';
  return AUTH['grant' in auth ? `${auth.kind} ${auth.grant}` : auth.kind] ?? auth.kind;
}

/** `none`, or the kind of authorisation. */
export const authKind = ({ auth }: ApplicationView): string => auth?.kind ?? 'none';

export const authKindWords = (kind: string): string =>
  ({ none: 'Nothing to prove', oauth1: 'OAuth 1.0a', oauth2: 'OAuth 2' })[kind] ??
  (AUTH[kind] ?? kind).replace(/^[a-z]/, (first) => first.toUpperCase());
