// A delivery of a service to a webhook node: signed as the event of its application says, and checked as the platform does.

import { type ApplicationManifest, type Headers, SluiceError, type WebhookEvent } from '@sluice/protocol';
import { checkDelivery, DELIVERY_TOLERANCE_S, deliveryIdHeaders, signDelivery } from '@sluice/sdk';
import type { TopologyModel } from '@sluice/topology';

export interface DeliverOptions {
  /** Default: the first topology of the flow. */
  readonly topology?: string;
  /** Who has subscribed. */
  readonly user?: string | undefined;
  /** Default: what the body is. */
  readonly contentType?: string | undefined;
  readonly headers?: Headers | undefined;
  /** In the header that the event names for it; the same again starts nothing. */
  readonly deliveryId?: string | undefined;
  /** A secret other than that of the subscription: a forged delivery. */
  readonly signedWith?: string | undefined;
  /** Epoch ms; default: the time of the flow. */
  readonly signedAt?: number | undefined;
  /** What arrives, when it is not what was signed. */
  readonly sent?: string | Uint8Array | undefined;
}

export interface Delivered {
  readonly headers: Headers;
  readonly idempotencyKey: string | undefined;
}

const SECRET = 'secret of a test';

/** The event that a webhook node is about, or null for an address alone. @throws TypeError when no worker of the flow offers it */
export function eventOf(
  models: readonly TopologyModel[],
  applications: readonly ApplicationManifest[],
  topology: string,
  nodeId: string,
): { application: string; event: WebhookEvent } | null {
  const node = models.find(({ name }) => name === topology)?.nodes.find(({ id }) => id === nodeId);
  if (node?.kind !== 'webhook') throw new TypeError(`"${topology}" has no webhook node "${nodeId}" to deliver to.`);
  const { application, event: name } = node.settings ?? {};
  if (application === undefined) return null;
  const offered = applications.find(({ key }) => key === application)?.webhooks ?? [];
  const event = offered.find((one) => one.name === name);
  if (event) return { application, event };
  const known = offered.map((one) => `"${one.name}"`).join(', ') || 'none';
  throw new TypeError(`No worker of the flow offers the event "${name}" of "${application}"; there are: ${known}.`);
}

/**
 * What a genuine delivery starts a process with.
 * @throws SluiceError `webhook.forged`, `webhook.too_old`
 */
export function delivered(
  of: { application: string; event: WebhookEvent },
  body: string | Uint8Array,
  { headers = {}, deliveryId, signedWith = SECRET, signedAt, sent = body }: DeliverOptions,
  now: number,
): Delivered {
  const { event, application } = of;
  const [idHeader] = deliveryIdHeaders(event);
  const proof = signDelivery(event.verification, signedWith, body, signedAt ?? now);
  const all = inSmallLetters({
    ...headers,
    ...proof.headers,
    ...(deliveryId !== undefined && idHeader ? { [idHeader]: deliveryId } : {}),
  });
  const bytes = typeof sent === 'string' ? Buffer.from(sent) : sent;
  const checked = checkDelivery(event, SECRET, { headers: all, query: proof.query, body: bytes }, now);
  if (!checked.ok)
    throw checked.fault === 'forged'
      ? new SluiceError('webhook.forged', { reason: checked.reason })
      : new SluiceError('webhook.too_old', { seconds: checked.seconds, toleranceS: DELIVERY_TOLERANCE_S });
  const travelling = Object.entries(all).filter(([name]) => name.startsWith('x-') && !checked.proof.includes(name));
  const about = { 'webhook-application': application, 'webhook-event': event.name };
  return {
    headers: { ...Object.fromEntries(travelling), ...about },
    idempotencyKey: checked.id === null ? undefined : `webhook ${application} ${event.name} ${checked.id}`,
  };
}

const inSmallLetters = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
