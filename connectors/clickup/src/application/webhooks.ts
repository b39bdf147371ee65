// Webhooks of a workspace, or of one space or list. ClickUp makes a secret for each, and says it in its answer.

import { type ApplicationContext, field, form, path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: string;
  readonly endpoint: string;
  readonly events: readonly string[];
  readonly secret?: string;
}

const parameters = form('of', 'Of what', [
  field.text('space_id', 'Space', { description: 'Id; only what happens there.' }),
  field.text('list_id', 'List', { description: 'Id; only what happens there.' }),
]);

const teamOf = async (context: ApplicationContext): Promise<string> =>
  (await context.install()).text('settings', 'team');

const event = (name: string, label: string): Webhook => ({
  name,
  label,
  parameters,
  verification: { kind: 'hmac', header: 'x-signature' },
  async subscribe({ url, parameters: { space_id, list_id } }, context) {
    const json = { endpoint: url, events: [name], ...(space_id && { space_id }), ...(list_id && { list_id }) };
    const answer = await context.api.send(path`/team/${await teamOf(context)}/webhook`, { json });
    const { id, webhook } = answer.json<{ id: string; webhook: Hook }>();
    return { reference: { webhook: id }, ...(webhook.secret && { secret: webhook.secret }) };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: string };
    await api.send(path`/webhook/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  async list(context) {
    const answer = await context.api.send(path`/team/${await teamOf(context)}/webhook`);
    return answer
      .json<{ webhooks: readonly Hook[] }>()
      .webhooks.filter(({ events }) => events.includes(name))
      .map(({ id, endpoint }) => ({ reference: { webhook: id }, url: endpoint }));
  },
});

export const webhooks: readonly Webhook[] = [
  event('taskCreated', 'A task is made'),
  event('taskUpdated', 'A task changes'),
  event('taskDeleted', 'A task is deleted'),
  event('taskStatusUpdated', 'The status of a task changes'),
  event('taskCommentPosted', 'A task is commented on'),
  event('listCreated', 'A list is made'),
];
