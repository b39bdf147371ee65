// Webhooks of a base. A delivery only says that something happened; what it was is asked for (list-webhook-payloads). Airtable
// signs with the bytes of a secret of its own, which comes with the subscription.

import { type ApplicationContext, field, form, path, type Webhook } from '@sluice/sdk';
import { baseOf, setting } from './places.ts';

interface BaseWebhook {
  readonly id: string;
  readonly notificationUrl: string | null;
  readonly specification?: { readonly options?: { readonly filters?: { readonly changeTypes?: readonly string[] } } };
}

interface Reference {
  readonly base: string;
  readonly webhook: string;
}

const parameters = form('parameters', 'Which records', [
  field.text('base', 'Base', { placeholder: 'app…', description: 'Id; default: the one of the settings.' }),
  field.text('table', 'Table', {
    placeholder: 'tbl…',
    description: 'Id, or that of a view; default: the one of the settings.',
  }),
]);

const event = (changeType: string, name: string, label: string): Webhook => ({
  name,
  label,
  parameters,
  verification: {
    kind: 'hmac',
    header: 'x-airtable-content-mac',
    prefix: 'hmac-sha256=',
    secretEncoding: 'base64',
  },
  async subscribe({ url, parameters: { base, table } }, context) {
    const at = await baseOf(base ? String(base) : undefined, context);
    const recordChangeScope = table ? String(table) : await setting('table', context);
    const filters = { dataTypes: ['tableData'], recordChangeScope, changeTypes: [changeType] };
    const json = { notificationUrl: url, specification: { options: { filters } } };
    const response = await context.api.send(path`/v0/bases/${at}/webhooks`, { json });
    const made = response.json<{ id: string; macSecretBase64: string; expirationTime?: string | null }>();
    const { id, macSecretBase64: secret, expirationTime } = made;
    return {
      reference: { base: at, webhook: id },
      secret,
      ...(expirationTime && { expiresAt: Date.parse(expirationTime) }),
    };
  },
  async unsubscribe(reference, { api }) {
    const { base, webhook } = reference as unknown as Reference;
    await api.send(path`/v0/bases/${base}/webhooks/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  list: (context) => webhooksOf(changeType, context),
});

/** Of the base of the settings; which others there are is not known here. */
async function webhooksOf(changeType: string, context: ApplicationContext) {
  const base = await setting('base', context);
  const { webhooks: all } = (await context.api.send(path`/v0/bases/${base}/webhooks`)).json<{
    webhooks: BaseWebhook[];
  }>();
  return all.flatMap(({ id, notificationUrl, specification }) =>
    notificationUrl && specification?.options?.filters?.changeTypes?.includes(changeType)
      ? [{ reference: { base, webhook: id }, url: notificationUrl }]
      : [],
  );
}

export const webhooks: readonly Webhook[] = [
  event('add', 'record.added', 'Records are added'),
  event('update', 'record.updated', 'Records change'),
  event('remove', 'record.removed', 'Records are deleted'),
];
