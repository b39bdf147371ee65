// Who else vouches for callers of the gateway: issuers of access tokens.

import { z } from 'zod';

const Name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'must be lower-case letters, digits, ".", "_" and "-"');
const Url = z.url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' }).max(2_000);
const Audiences = z.array(z.string().min(1).max(500)).min(1).max(20);
const Claim = z.string().min(1).max(100);
const Millis = z.number().int();

/** Signatures that only the issuer can make: neither `none`, nor any whose key the gateway would share. */
export const TOKEN_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const common = {
  name: Name,
  description: z.string().max(1_000).default(''),
  /** Where the scopes are: words in one text, or a list. */
  scopeClaim: Claim.default('scope'),
  /**
   * The claim that names a consumer: the token then counts as a credential of that one, with the scopes that both have.
   * Without it any bearer is taken, under the name `<issuer>/<subject>`, with the scopes of the token.
   */
  consumerClaim: Claim.optional(),
  enabled: z.boolean().default(true),
};

/** Tokens that carry their own proof (RFC 7519, RFC 9068). */
const JwtIssuer = z.strictObject({
  kind: z.literal('jwt'),
  ...common,
  /** `iss` of its tokens, to the letter. */
  issuer: z.string().min(1).max(500),
  /** The token must be meant for one of these. */
  audiences: Audiences,
  /** Where its keys are (RFC 7517). */
  jwksUrl: Url,
  algorithms: z.array(z.enum(TOKEN_ALGORITHMS)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  /** How far clocks may be apart. */
  clockSkewS: z.number().int().min(0).max(300).default(30),
});

/** Tokens that only the issuer can read: it is asked (RFC 7662). */
const IntrospectionIssuer = z.strictObject({
  kind: z.literal('introspection'),
  ...common,
  introspectionUrl: Url,
  /** The token must be meant for one of these. Left out where the issuer says of other tokens that they are not active. */
  audiences: Audiences.optional(),
  clientId: z.string().min(1).max(500),
  /** Sealed, and never answered. Left out in a change: as it was. */
  clientSecret: z.string().min(1).max(10_000).optional(),
  /** It is asked only for tokens that begin so; no other issuer sees these. Default: all that nobody else is for. */
  tokenPrefix: z.string().max(50).default(''),
  /** How long an answer holds, at most. A revoked token is taken for as long. */
  cacheS: z.number().int().min(0).max(3_600).default(60),
});

export const IssuerRequest = z.discriminatedUnion('kind', [JwtIssuer, IntrospectionIssuer]);
export type IssuerRequest = z.infer<typeof IssuerRequest>;
export type IssuerRequestInput = z.input<typeof IssuerRequest>;
export type JwtIssuer = z.infer<typeof JwtIssuer>;
export type IntrospectionIssuer = z.infer<typeof IntrospectionIssuer>;

const times = { createdAt: Millis, changedAt: Millis };
export const IssuerView = z.discriminatedUnion('kind', [
  z.object({ ...JwtIssuer.shape, ...times }),
  z.object({ ...IntrospectionIssuer.omit({ clientSecret: true }).shape, ...times }),
]);
export type IssuerView = z.infer<typeof IssuerView>;
