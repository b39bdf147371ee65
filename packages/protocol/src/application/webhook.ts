// Events that a service reports by webhook, and how its deliveries are told from forged ones. Data, so that a delivery is
// checked and durable while the worker is away.

import { z } from 'zod';
import { FormSchema } from './form.ts';

/** Presets of services, and the general form behind them. */
export const VerificationSchema = z.discriminatedUnion('kind', [
  /** The secret in the address alone. */
  z.object({ kind: z.literal('address') }),
  z.object({ kind: z.enum(['github', 'stripe', 'shopify', 'slack', 'zendesk', 'box']) }),
  /** HMAC of the body, or of `timestamp.body`, in a header. */
  z.object({
    kind: z.literal('hmac'),
    header: z.string().min(1).max(200),
    algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    /** Before the digest in the header, such as `sha256=`. */
    prefix: z.string().max(100).default(''),
    /** Header with the time in seconds; signed before the body, and refused when it is old. */
    timestampHeader: z.string().min(1).max(200).optional(),
    /** Between time and body. */
    separator: z.string().max(10).default('.'),
    /** `base64`: the secret is that of bytes. */
    secretEncoding: z.enum(['text', 'base64']).default('text'),
  }),
  /** HTTP Basic: this user, and the secret as password. */
  z.object({
    kind: z.literal('basic'),
    user: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^:]+$/)
      .default('sluice'),
  }),
  /** Microsoft Graph repeats the secret as `clientState` in every notification of the body. */
  z.object({ kind: z.literal('microsoft-graph') }),
  /** A text that the service sends back in a header or query parameter. */
  z.object({ kind: z.literal('token'), in: z.enum(['header', 'query']), name: z.string().min(1).max(200) }),
]);
export type Verification = z.infer<typeof VerificationSchema>;
/** As an author writes it: what is usual is left out. */
export type VerificationInput = z.input<typeof VerificationSchema>;

/**
 * How a service asks whether the address is ours, before it delivers: `slack` by a signed `url_verification`, `meta` by
 * `hub.challenge`, `microsoft-graph` by `validationToken`, `asana` by a header that is sent back, others by a `challenge` in the query or in a JSON body.
 */
export const HANDSHAKES = ['slack', 'meta', 'microsoft-graph', 'asana', 'challenge', 'none'] as const;

export const WebhookEventSchema = z.object({
  name: z.string().regex(/^[A-Za-z0-9][\w./:-]{0,199}$/),
  label: z.string().max(200).optional(),
  description: z.string().max(10_000).optional(),
  verification: VerificationSchema.default({ kind: 'address' }),
  handshake: z.enum(HANDSHAKES).default('none'),
  /** Header that names the delivery, so that a second one of the same is known. */
  deliveryIdHeader: z.string().max(200).optional(),
  /**
   * Where the secret of the signature is filled in, as `form.field`, when the provider makes one for all; without it the
   * platform makes one for each subscription, and a provider that insists on its own answers it as it is subscribed to.
   */
  secretField: z.string().max(200).optional(),
  parameters: FormSchema.optional(),
});
export type WebhookEvent = z.infer<typeof WebhookEventSchema>;
