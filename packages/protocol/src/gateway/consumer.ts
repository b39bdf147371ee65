// Who calls the gateway: consumers, and how each proves who it is.

import { z } from 'zod';
import { RateLimit } from './policies.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'must be lower-case letters, digits, ".", "_" and "-"');
const Millis = z.number().int();

const members = {
  description: z.string().max(1_000).default(''),
  scopes: z.array(z.string().min(1).max(100)).max(200).default([]),
  /** User of the platform that it acts for: installs, limits and fairness go by it. Default: its name. */
  user: z.string().min(1).max(200).optional(),
  /** Over all routes; `per` is always the consumer. */
  limits: z
    .array(RateLimit.omit({ per: true }))
    .max(10)
    .default([]),
  enabled: z.boolean().default(true),
};

export const ConsumerRequest = z.strictObject({ name: Name, ...members });
export type ConsumerRequest = z.infer<typeof ConsumerRequest>;

/** All that can be changed, as it is to be; what is left out is as it is by default. Credentials stay. */
export const ConsumerChange = z.strictObject(members);
export type ConsumerChange = z.infer<typeof ConsumerChange>;

export const CREDENTIAL_KINDS = ['key', 'basic', 'hmac', 'certificate'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** How a caller proves who it is: a credential of a consumer, or a token of an issuer. */
export const ACCESS_SCHEMES = [...CREDENTIAL_KINDS, 'token'] as const;
export type AccessScheme = (typeof ACCESS_SCHEMES)[number];

/** Epoch ms; without it the credential does not expire. */
const expiresAt = Millis.optional();

export const KeyRequest = z.strictObject({ expiresAt });
export type KeyRequest = z.infer<typeof KeyRequest>;
export const KeyCreated = z.object({ id: z.string(), /** Shown only now. */ key: z.string() });
export type KeyCreated = z.infer<typeof KeyCreated>;

/** HTTP basic authentication (RFC 7617). */
export const PasswordRequest = z.strictObject({
  user: z.string().regex(/^[^:\p{Cc}]{1,100}$/u, 'must be 1 to 100 characters, no colon'),
  password: z.string().min(12).max(200),
  expiresAt,
});
export type PasswordRequest = z.infer<typeof PasswordRequest>;

/** A secret that requests are signed with (RFC 9421, hmac-sha256). */
export const SigningKeyRequest = z.strictObject({ expiresAt });
export type SigningKeyRequest = z.infer<typeof SigningKeyRequest>;
export const SigningKeyCreated = z.object({
  id: z.string(),
  /** `keyid` of a signature. */
  keyId: z.string(),
  /** 32 bytes as base64; shown only now. */
  secret: z.string(),
});
export type SigningKeyCreated = z.infer<typeof SigningKeyCreated>;

/** A client certificate, by its fingerprint, or by its subject, then of any that the trusted authority gives out. */
export const CertificateRequest = z.union([
  z.strictObject({
    /** SHA-256, hexadecimal, with or without colons. */
    fingerprint: z.string().regex(/^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/, 'must be a SHA-256 fingerprint'),
    expiresAt,
  }),
  z.strictObject({
    /** Its names in the order of the certificate, with commas: `O=Shop,CN=till-7`. */
    subject: z.string().min(4).max(1_000),
    expiresAt,
  }),
]);
export type CertificateRequest = z.infer<typeof CertificateRequest>;

export const CredentialCreated = z.object({ id: z.string() });
export type CredentialCreated = z.infer<typeof CredentialCreated>;

export const CredentialView = z.object({
  id: z.string(),
  kind: z.enum(CREDENTIAL_KINDS),
  /** Begin of a key, user name, key id, or fingerprint: enough to recognise it, too little to use it. */
  hint: z.string(),
  createdAt: Millis,
  expiresAt: Millis.nullable(),
  /** To ten minutes, and written a minute late: enough to find what nobody uses. */
  lastUsedAt: Millis.nullable(),
});
export type CredentialView = z.infer<typeof CredentialView>;

export const ConsumerView = z.object({
  name: z.string(),
  description: z.string(),
  scopes: z.array(z.string()),
  user: z.string(),
  limits: z.array(RateLimit.omit({ per: true })),
  enabled: z.boolean(),
  credentials: z.array(CredentialView),
  createdAt: Millis,
  changedAt: Millis,
});
export type ConsumerView = z.infer<typeof ConsumerView>;
