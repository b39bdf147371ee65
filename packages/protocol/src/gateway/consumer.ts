// Who calls the gateway: consumers, and how each proves who it is.

import { z } from 'zod';
import { RateLimit } from './policies.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'must be lower-case letters, digits, ".", "_" and "-"');
const Millis = z.number().int();

export const ConsumerRequest = z.strictObject({
  name: Name,
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
});
export type ConsumerRequest = z.infer<typeof ConsumerRequest>;

export const CREDENTIAL_KINDS = ['key', 'basic', 'hmac', 'certificate'] as const;
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

export const CredentialView = z.object({
  id: z.string(),
  kind: z.enum(CREDENTIAL_KINDS),
  /** Begin of a key, user name, key id, or fingerprint: enough to recognise it, too little to use it. */
  hint: z.string(),
  createdAt: Millis,
  expiresAt: Millis.nullable(),
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
