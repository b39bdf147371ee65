// Webhooks of one project, task or other resource. Asana makes the secret that it signs with, says it while it asks whether the address is ours,
// and once more in its answer.

import { type ApplicationContext, field, form, path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly gid: string;
  readonly target: string;
  readonly filters?: readonly { readonly resource_type: string; readonly action: string }[];
}

const parameters = form('of', 'Of what', [
  field.text('resource', 'Resource', {
    required: true,
    description: 'Gid of the project, portfolio, task or other resource.',
  }),
]);

const event = (type: string, action: string, label: string): Webhook => ({
  name: `${type}.${action}`,
  label,
  description: 'Asana delivers several events at once, as `{"events": […]}`, and now and then none.',
  parameters,
  handshake: 'asana',
  verification: { kind: 'hmac', header: 'x-hook-signature' },
  async subscribe({ url, parameters: { resource } }, { api }) {
    const json = { data: { resource, target: url, filters: [{ resource_type: type, action }] } };
    const answer = (await api.send('/webhooks', { json })).json<{ data: Hook; 'X-Hook-Secret'?: string }>();
    const secret = answer['X-Hook-Secret'];
    return { reference: { webhook: answer.data.gid }, ...(secret && { secret }) };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: string };
    await api.send(path`/webhooks/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  list: (context) => webhooksOf(type, action, context),
});

/** Of the workspace of the settings: Asana lists no others. */
async function webhooksOf(type: string, action: string, context: ApplicationContext) {
  const workspace = (await context.install()).text('settings', 'workspace');
  const query = { workspace, limit: 100, opt_fields: 'target,filters.resource_type,filters.action' };
  const { data } = (await context.api.send('/webhooks', { query })).json<{ data: readonly Hook[] }>();
  return data
    .filter(({ filters = [] }) => filters.some((filter) => filter.resource_type === type && filter.action === action))
    .map(({ gid, target }) => ({ reference: { webhook: gid }, url: target }));
}

export const webhooks: readonly Webhook[] = [
  event('task', 'added', 'A task is added'),
  event('task', 'changed', 'A task changes'),
  event('task', 'deleted', 'A task is deleted'),
  event('story', 'added', 'A comment or another story is added'),
  event('project', 'changed', 'A project changes'),
];
