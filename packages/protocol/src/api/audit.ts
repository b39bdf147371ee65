// Shapes of the audit log: who changed what, from where, and how it ended.

import { z } from 'zod';

const Millis = z.number().int();

export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const;

export const AuditEntryView = z.object({
  seq: z.number().int(),
  at: Millis,
  who: z.object({
    kind: z.enum(['account', 'token', 'nobody']),
    /** Of the account or token; empty for nobody. */
    id: z.string(),
    /** As it was called then. */
    name: z.string(),
  }),
  /** Where the request came from. */
  address: z.string(),
  /** Method and route, such as `PATCH /api/v1/users/:id`. */
  act: z.string(),
  /** The act in words. */
  title: z.string(),
  /** What was changed, as a path below /api/v1, such as `users/6f…`. */
  object: z.string(),
  /** How the object was shown before and after, secrets masked; null where there was nothing to show. */
  before: z.unknown(),
  after: z.unknown(),
  outcome: z.enum(AUDIT_OUTCOMES),
  /** Of the answer. */
  status: z.number().int(),
  /** Code of the error. */
  code: z.string().nullable(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

export const AuditQuery = z.object({
  /** Id of an account or token. */
  who: z.string().max(300).optional(),
  act: z.string().max(300).optional(),
  /** An object; with a trailing `/` all that begin so. */
  object: z.string().max(1_000).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  /** From this instant on, epoch ms. */
  from: z.coerce.number().int().optional(),
  /** Before this instant. */
  to: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(300).optional(),
});
export type AuditQuery = Partial<z.output<typeof AuditQuery>>;
