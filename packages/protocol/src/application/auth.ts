// How an application proves who it is, as data. What needs a conversation with a provider is done by the platform: codes,
// refresh tokens and client secrets never reach a worker. What is a proof per request is done by the worker.

import { z } from 'zod';
import { JsonShape } from './form.ts';

const Address = z.string().min(1).max(2_000);
const Parameters = z.record(z.string().max(200), z.string().max(2_000)).optional();

/** Key of the form with the credentials. */
export const CREDENTIALS_FORM = 'credentials';

export const OAUTH2_GRANTS = ['authorization-code', 'client-credentials', 'device-code', 'jwt-bearer'] as const;

/** RFC 6749, 7636 (PKCE), 8628 (device), 7523 (JWT bearer). Addresses are templates; see `fillTemplate`. */
export const OAuth2Schema = z.object({
  kind: z.literal('oauth2'),
  grant: z.enum(OAUTH2_GRANTS),
  /** Where the person agrees; of the code grant. */
  authorizationUrl: Address.optional(),
  tokenUrl: Address,
  /** Where a token is given back (RFC 7009), when the provider offers it. */
  revocationUrl: Address.optional(),
  deviceAuthorizationUrl: Address.optional(),
  /** Who the provider says it is where people come back (RFC 9207); when given, an answer of somebody else is refused. */
  issuer: Address.optional(),
  scopes: z.array(z.string().max(500)).max(200).default([]),
  /** Between scopes; the standard says a space, some providers want a comma. */
  scopeSeparator: z.string().max(3).default(' '),
  pkce: z.boolean().default(true),
  /** How the client proves itself at the token endpoint: HTTP Basic, or members of the form. */
  clientAuthentication: z.enum(['basic', 'body', 'none']).default('basic'),
  /** More for the authorization request, such as `access_type: offline`. */
  authorizationParameters: Parameters,
  /** More for every token request, such as `audience`. */
  tokenParameters: Parameters,
  /** Of the JWT bearer grant: who says it, about whom, to whom; templates. The key is the field `privateKey`. */
  assertion: z
    .object({
      issuer: Address,
      subject: Address.optional(),
      audience: Address,
      algorithm: z.enum(['RS256', 'ES256', 'EdDSA', 'HS256']).default('RS256'),
      claims: Parameters,
    })
    .optional(),
  /** For providers that do not say how long a token lives. */
  defaultLifetimeS: z.number().int().min(1).optional(),
});
export type OAuth2Descriptor = z.infer<typeof OAuth2Schema>;

/** RFC 5849, three legs. */
export const OAuth1Schema = z.object({
  kind: z.literal('oauth1'),
  requestTokenUrl: Address,
  authorizationUrl: Address,
  accessTokenUrl: Address,
  realm: z.string().max(500).optional(),
  signatureMethod: z.enum(['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT']).default('HMAC-SHA1'),
});
export type OAuth1Descriptor = z.infer<typeof OAuth1Schema>;

/** A proof made from the credentials form alone, for every request: by the worker, or by the gateway, which has no code of it. */
export const CredentialsSchema = z.object({
  kind: z.enum(['basic', 'api-key', 'bearer', 'hmac', 'jwt', 'aws-sigv4', 'mutual-tls', 'custom']),
  /** How the proof is made, in the words of the SDK; left out where only the worker can make it. */
  options: z.record(z.string(), JsonShape).optional(),
});

export const AuthDescriptorSchema = z.discriminatedUnion('kind', [OAuth2Schema, OAuth1Schema, CredentialsSchema]);
export type AuthDescriptor = z.infer<typeof AuthDescriptorSchema>;

/** A token a worker may use. Refresh tokens stay with the platform. */
export interface AccessToken {
  /** Grows with every token of the install: names the one that a service refused. */
  readonly revision: number;
  readonly accessToken: string;
  readonly tokenType: string;
  /** Epoch ms; null when the provider did not say. */
  readonly expiresAt: number | null;
  readonly scopes: readonly string[];
  /** Of OAuth 1.0a. */
  readonly tokenSecret?: string;
  /** What else the provider answered, without secrets: an instance address, an account id. */
  readonly extra: Readonly<Record<string, string>>;
}
