// Who is told of what, and how: rules, channels, and what was sent.

import { z } from 'zod';

const Millis = z.number().int();
const count = z.number().int();
const Name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" or "-", at most 100')
  .describe('Name of the rule or channel');
/** Of one line: it becomes a header or an argument. */
const Line = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\r\n\0]*$/);
const Address = z
  .string()
  .max(320)
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, 'must be an e-mail address');

const Email = z.strictObject({
  kind: z.literal('email'),
  host: Line.describe('Server that takes the mail'),
  port: z.number().int().min(1).max(65_535).default(587),
  /** `tls` from the first byte; `starttls` or nothing is sent; `none` for a server of this machine. */
  security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  user: Line.optional(),
  from: Address,
  to: z.array(Address).min(1).max(50),
});
const Webhook = z.strictObject({
  kind: z.literal('webhook'),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
});
const Topology = z.strictObject({ kind: z.literal('topology'), topology: Line, startNode: Line });

/** Secrets are kept when they are left out, and never shown. */
export const ChannelRequest = z.discriminatedUnion('kind', [
  Email.extend({ password: z.string().min(1).max(1_000).optional() }),
  Webhook.extend({ secret: z.string().min(16).max(1_000).optional().describe('Signs what is sent') }),
  Topology,
]);
export type ChannelRequest = z.input<typeof ChannelRequest>;
export type CheckedChannel = z.output<typeof ChannelRequest>;

const Shown = { name: z.string(), sealed: z.boolean().describe('It has a secret') };
export const ChannelView = z.discriminatedUnion('kind', [
  Email.extend(Shown),
  Webhook.extend(Shown),
  Topology.extend(Shown),
]);
export type ChannelView = z.infer<typeof ChannelView>;

const ofTopology = { topology: Line.optional().describe('Only of this topology') };
const forMinutes = z.number().min(0).max(10_080);

/** When a rule speaks. */
export const NotificationCondition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('process-failed'), ...ofTopology }),
  z.strictObject({ kind: z.literal('trash'), over: z.number().int().min(0).max(1e9).default(0), ...ofTopology }),
  z.strictObject({
    kind: z.literal('queue'),
    over: z.number().int().min(1).max(1e9),
    forMinutes: forMinutes.default(5),
    ...ofTopology,
    node: Line.optional().describe('Only at this node'),
  }),
  z.strictObject({
    kind: z.literal('worker-down'),
    forMinutes: forMinutes.default(1),
    worker: Line.optional().describe('Only this worker'),
  }),
  z.strictObject({ kind: z.literal('ledger') }),
  z.strictObject({ kind: z.literal('authorise'), application: Line.optional() }),
  z.strictObject({ kind: z.literal('certificate'), withinDays: z.number().int().min(1).max(365).default(21) }),
]);
export type NotificationCondition = z.output<typeof NotificationCondition>;

export const NotificationRuleRequest = z.strictObject({
  when: NotificationCondition,
  /** Names of channels. */
  to: z.array(Name).min(1).max(20),
  enabled: z.boolean().default(true),
  /** After a message what happens further is gathered for so long, and told in one. */
  quietMinutes: z.number().min(0).max(10_080).default(10),
});
export type NotificationRuleRequest = z.input<typeof NotificationRuleRequest>;
export type CheckedRule = z.output<typeof NotificationRuleRequest>;

export const NotificationRuleView = NotificationRuleRequest.extend({
  name: z.string(),
  /** What it found and has told of, or will. */
  firing: z.array(z.string()),
  /** Found since the last message, and not told yet. */
  gathered: count,
  lastSentAt: Millis.nullable(),
});
export type NotificationRuleView = z.output<typeof NotificationRuleView>;

export const DeliveryView = z.object({
  id: z.string(),
  rule: z.string().nullable().describe('Null: somebody tried the channel'),
  channel: z.string(),
  at: Millis,
  /** `failed`: it was tried often enough, or cannot work. */
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: count,
  subject: z.string(),
  error: z.string().nullable(),
  nextTryAt: Millis.nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

export const DeliveryQuery = z.object({
  rule: z.string().max(100).optional(),
  channel: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type DeliveryQuery = Partial<z.output<typeof DeliveryQuery>>;

export const NameParams = z.object({ name: Name });
