// Shapes of the API around applications and installs.

import { z } from 'zod';
import { AuthDescriptorSchema } from '../application/auth.ts';
import { FormSchema, JsonShape } from '../application/form.ts';
import { ApplicationManifestSchema } from '../application/manifest.ts';

const Millis = z.number().int();
const Name = z.string().min(1).max(200);

export const ApplicationView = ApplicationManifestSchema.extend({
  /** Existing workers talk to their providers themselves. */
  auth: z
    .union([AuthDescriptorSchema, z.object({ kind: z.literal('oauth2'), grant: z.literal('by-worker') })])
    .optional(),
  /** Workers that have its code. */
  workers: z.array(z.string()),
  /** One of them can be reached. */
  up: z.boolean(),
  /** Of the existing wire: it keeps settings and tokens itself. */
  existing: z.boolean(),
});
export type ApplicationView = z.infer<typeof ApplicationView>;

/** Values stay as they are sent: a validator that converts types would turn them into texts. */
export const SettingsShape = z.record(Name, z.record(Name, z.unknown()));

export const InstallView = z.object({
  application: z.string(),
  user: z.string(),
  enabled: z.boolean(),
  /** `not-needed`: its credentials are filled in; `broken`: it was authorised, and has to be again. */
  authorised: z.enum(['not-needed', 'yes', 'no', 'broken']),
  /** Why it is not authorised, in words. */
  reason: z.string().nullable(),
  /** When the present token ends; null when there is none or nobody said. */
  tokenExpiresAt: Millis.nullable(),
  /** A stored secret is `{secret: "kept"}`. */
  settings: z.record(Name, z.record(Name, JsonShape)),
  /** What is still missing or wrong, by `form.field`. */
  problems: z.record(z.string(), z.string()),
  /** Values the application wants to be found by. */
  clear: z.record(z.string(), JsonShape),
  createdAt: Millis,
  changedAt: Millis,
  /** The change was made, and code of the application that runs after it failed: in words. */
  warning: z.string().nullable(),
  /** Of existing applications, whose forms are made for each install; all others have theirs in the application. */
  forms: z.array(FormSchema).optional(),
  /** Of existing applications: what can be subscribed to, and for which topology it is. */
  webhooks: z.array(z.object({ name: z.string(), topology: z.string().nullable(), enabled: z.boolean() })).optional(),
});
export type InstallView = z.infer<typeof InstallView>;

/** Which of several applications of one key is meant: that of this worker. */
export const OfWorker = z.object({ worker: Name.optional() });
export type OfWorker = z.infer<typeof OfWorker>;

export const InstallQuery = z.object({
  application: Name.optional(),
  user: Name.optional(),
  /** A clear value, as `name:value`. */
  clear: z.string().max(1_000).optional(),
});
export type InstallQuery = z.infer<typeof InstallQuery>;

/** What a person is told after a test or a button. */
export const InvocationAnswer = z.object({ value: JsonShape });
export type InvocationAnswer = z.infer<typeof InvocationAnswer>;

export const AuthorizeRequest = z.object({
  /** Path of this platform where the person goes on afterwards. */
  returnTo: z.string().max(2_000).optional(),
});
export type AuthorizeRequest = z.infer<typeof AuthorizeRequest>;

/** What a person does now; nothing, when the credentials alone were enough. */
export const AuthorizeAnswer = z.union([
  z.object({
    /** Where the person agrees. Good once, until `expiresAt`. */
    authorizeUrl: z.string(),
    expiresAt: Millis,
  }),
  z.object({
    /** What the person types in at `verificationUrl`. */
    userCode: z.string(),
    verificationUrl: z.string(),
    expiresAt: Millis,
  }),
  z.object({ authorised: z.literal(true) }),
]);
export type AuthorizeAnswer = z.infer<typeof AuthorizeAnswer>;

/** How many were sealed anew. */
export const SecretsRotated = z.object({
  installs: z.number().int(),
  tokens: z.number().int(),
  /** Authorisations that were begun and wait for a person. */
  begun: z.number().int(),
  workers: z.number().int(),
  webhooks: z.number().int(),
  /** Signing keys of consumers, and client secrets of issuers. */
  gateway: z.number().int(),
  /** Secrets of channels of notifications. */
  notifications: z.number().int(),
});
export type SecretsRotated = z.infer<typeof SecretsRotated>;

/** Subscribe, or end the subscriptions, of an install for a topology. */
export const ExistingWebhookRequest = z.strictObject({ topology: Name });
export type ExistingWebhookRequest = z.infer<typeof ExistingWebhookRequest>;
