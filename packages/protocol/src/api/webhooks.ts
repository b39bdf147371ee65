// Shapes of the API around webhooks.

import { z } from 'zod';
import { JsonShape } from '../application/form.ts';

const Millis = z.number().int();
const Name = z.string().min(1).max(200);
const Count = z.number().int();

export const WEBHOOK_STATES = ['wanted', 'subscribed', 'unsubscribing', 'gone', 'failed'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** Subscribe to an event of an application, for a user who has it. */
export const WebhookRequest = z.strictObject({
  application: Name,
  user: Name,
  event: Name,
  /** Where each delivery starts a process. */
  topology: Name,
  node: Name,
  /** What the event asks, by field. */
  parameters: z.record(Name, JsonShape).default({}),
});
export type WebhookRequest = z.input<typeof WebhookRequest>;

export const WebhookQuery = z.object({
  application: Name.optional(),
  user: Name.optional(),
  topology: Name.optional(),
  state: z.enum(WEBHOOK_STATES).optional(),
});
export type WebhookQuery = z.infer<typeof WebhookQuery>;

export const WebhookView = z.object({
  id: z.string(),
  /** Null: a node that has an address, and no service is told of it. */
  application: z.string().nullable(),
  event: z.string().nullable(),
  user: z.string(),
  topology: z.string(),
  node: z.string(),
  parameters: z.record(z.string(), JsonShape),
  /** A node of an enabled topology wants it, or a person does. */
  by: z.enum(['topology', 'person']),
  state: z.enum(WEBHOOK_STATES),
  /** Where it is to come to. */
  goal: z.enum(['subscribed', 'gone']),
  /** Why it has not come there yet, in words. */
  reason: z.string().nullable(),
  /** Times the service was asked since it last did what it was asked. */
  attempts: Count,
  /** When it is asked again by itself. */
  nextTryAt: Millis.nullable(),
  /** When the subscription ends at the service; it is renewed before. */
  expiresAt: Millis.nullable(),
  /** How the service calls the subscription. */
  reference: JsonShape.nullable(),
  /** Processes started, deliveries that came again, and deliveries refused; after a crash a few may be missing. */
  counts: z.object({ started: Count, repeated: Count, refused: Count }),
  lastDelivery: z
    .object({
      at: Millis,
      result: z.enum(['started', 'repeated', 'refused']),
      processId: z.string().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  createdAt: Millis,
  changedAt: Millis,
});
export type WebhookView = z.infer<typeof WebhookView>;

/** Where a service delivers: who knows it may deliver, unless the event is signed. */
export const WebhookAddress = z.object({ url: z.string() });
export type WebhookAddress = z.infer<typeof WebhookAddress>;

export const WebhookCleanRequest = z.strictObject({
  /** Only say what would be removed (default). */
  dryRun: z.boolean().default(true),
});
export type WebhookCleanRequest = z.input<typeof WebhookCleanRequest>;

/** Subscriptions that services have, that lead here, and that nobody here knows. */
export const WebhookCleanAnswer = z.object({
  dryRun: z.boolean(),
  orphans: z.array(
    z.object({
      application: z.string(),
      user: z.string(),
      event: z.string(),
      reference: JsonShape,
      /** The secret in it is cut short. */
      url: z.string(),
      removed: z.boolean(),
      /** Why it could not be removed. */
      reason: z.string().nullable(),
    }),
  ),
  /** Services that could not be asked, or cannot say. */
  unasked: z.array(z.object({ application: z.string(), user: z.string(), event: z.string(), reason: z.string() })),
});
export type WebhookCleanAnswer = z.infer<typeof WebhookCleanAnswer>;
