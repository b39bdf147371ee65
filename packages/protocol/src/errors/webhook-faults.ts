// Failures around webhooks: of deliveries, which services read, and of subscriptions, which people read.

import { fault } from './fault.ts';

export const WEBHOOK_FAULTS = {
  'webhook.unknown': fault(
    404,
    () => 'Nothing is subscribed at this address. Nothing was started.',
    'GET /api/v1/webhooks lists the subscriptions; POST /api/v1/webhooks/clean finds those that only the service knows.',
  ),
  'webhook.forged': fault<{ reason: string }>(
    401,
    (d) => `The delivery was not taken, because it does not prove who sends it: ${d.reason}`,
    'When it is genuine, compare the verification and the secret of the event with what the service does.',
  ),
  'webhook.too_old': fault<{ seconds: number; toleranceS: number }>(
    401,
    (d) =>
      `The delivery was not taken: it was signed ${d.seconds} s from now, at most ${d.toleranceS} s are taken, so that a copied one is of no use later.`,
    'Set the clock of the platform. A service that delivers again signs again.',
  ),
  'webhook.not_taken': fault<{ reason: string }>(
    503,
    (d) => `The delivery is genuine and was not taken: ${d.reason} Nothing was started; deliver it again later.`,
    'Enable the topology or the install; the service repeats what was refused, as long as it does.',
  ),
  'webhook.too_many': fault<{ perMinute: number }>(
    429,
    (d) => `From here came more than ${d.perMinute} deliveries a minute to addresses where nothing is subscribed.`,
    'Deliver to the address that was given when the event was subscribed to.',
  ),
  'webhook.subscription_unknown': fault<{ id: string }>(
    404,
    (d) => `There is no subscription "${d.id}".`,
    'GET /api/v1/webhooks lists the subscriptions.',
  ),
  'webhook.exists': fault<{ id: string }>(
    409,
    (d) => `The same event is subscribed to for the same user and node already, as "${d.id}". Nothing was changed.`,
    'Remove the other one first, or change the topology when it is one of its nodes.',
  ),
  'webhook.of_topology': fault<{ id: string; topology: string; node: string }>(
    409,
    (d) => `"${d.id}" belongs to the node "${d.node}" of the enabled topology "${d.topology}". Nothing was changed.`,
    'Disable the topology or the install, or enable a version without the node: the subscription goes by itself.',
  ),
  'webhook.parameters_invalid': fault<{ application: string; event: string; fields: Readonly<Record<string, string>> }>(
    422,
    (d) =>
      `The parameters of "${d.event}" of "${d.application}" are not right: ${Object.entries(d.fields)
        .map(([field, message]) => `${field}: ${message}`)
        .join(' ')}`,
    'Correct the fields named in "fields". Nothing was subscribed.',
  ),
} as const;
