// How callers prove who they are, as OpenAPI names it.

import type { AccessScheme, RouteAccess } from '@sluice/protocol';

/** By the kind of the gateway's scheme. What is not in here cannot be described, and is left out. */
export const SECURITY_SCHEMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  key: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'A key of a consumer.' },
  basic: { type: 'http', scheme: 'basic', description: 'User name and password of a consumer.' },
  token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of an issuer that is trusted.' },
  hmac: { type: 'http', scheme: 'hmac', description: 'A signature over the request, made with a key of a consumer.' },
  certificate: { type: 'mutualTLS', description: 'A certificate of a consumer.' },
};

/** Token of the platform itself, for what is not a route of the gateway. */
export const PLATFORM_TOKEN = {
  type: 'http',
  scheme: 'bearer',
  description: 'A token of the platform with the scope that the operation names.',
} as const;

/** One alternative for each scheme; scopes hold whichever it is. */
export function securityOf(access: RouteAccess, schemes: readonly string[]): Record<string, readonly string[]>[] {
  if ('public' in access) return [];
  return schemes
    .filter((name) => Object.hasOwn(SECURITY_SCHEMES, name) && (access.schemes?.includes(name as AccessScheme) ?? true))
    .map((name) => ({ [name]: access.scopes }));
}
