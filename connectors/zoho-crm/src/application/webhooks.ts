// Notifications of one module. Zoho signs nothing: the address alone is secret. It names the records without giving them, and ends a
// channel within a week.

import { createHash } from 'node:crypto';
import { field, form, type Webhook } from '@sluice/sdk';

/** A week less an hour, to subscribe anew in time. */
const LIFETIME_MS = 7 * 86_400_000 - 3_600_000;

/** Without a fraction of a second, and with a zone. */
const timeOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');

/** A channel is a number that we choose; that of an address is always the same, so that no second one is made of it. */
const channelOf = (url: string): string =>
  BigInt(`0x${createHash('sha256').update(url).digest('hex').slice(0, 14)}`).toString();

export const webhooks: readonly Webhook[] = [
  {
    name: 'records',
    label: 'Records of a module are new, change or are deleted',
    description: 'A notification names the records (ids); read them with get-record.',
    verification: { kind: 'address' },
    parameters: form('parameters', 'Which records', [
      field.text('module', 'Module', { required: true, placeholder: 'Leads', description: 'Its API name.' }),
      field.select(
        'change',
        'What happens',
        { all: 'Anything', create: 'They are new', edit: 'They change', delete: 'They are deleted' },
        { default: 'all' },
      ),
    ]),
    async subscribe({ url, parameters: { module, change } }, context) {
      const channel = channelOf(url);
      const expiresAt = context.now() + LIFETIME_MS;
      const watch = {
        channel_id: channel,
        events: [`${String(module)}.${String(change || 'all')}`],
        channel_expiry: timeOf(expiresAt),
        notify_url: url,
      };
      await context.api.send('/actions/watch', { json: { watch: [watch] } });
      return { reference: { channel }, expiresAt };
    },
    async unsubscribe(reference, { api }) {
      const { channel } = reference as { channel: string };
      // A channel that is not there is answered with 400.
      await api.send('/actions/watch', {
        method: 'DELETE',
        query: { channel_ids: channel },
        rules: { '400': 'ok', '404': 'ok' },
      });
    },
  },
];
