// Webhooks of the project of the settings. GitLab sends the secret back with each delivery.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: number;
  readonly url: string;
  readonly [events: string]: unknown;
}

const hooksOf = async (context: ApplicationContext): Promise<string> =>
  path`/projects/${(await context.install()).text('settings', 'project')}/hooks`;

const event = (name: string, label: string): Webhook => ({
  name,
  label,
  verification: { kind: 'token', in: 'header', name: 'X-Gitlab-Token' },
  deliveryIdHeader: 'idempotency-key',
  async subscribe({ url, secret }, context) {
    // Pushes are what a hook reports unless it is told otherwise.
    const json = { url, token: secret, push_events: false, [`${name}_events`]: true, enable_ssl_verification: true };
    const { id } = (await context.api.send(await hooksOf(context), { json })).json<Hook>();
    return { reference: { webhook: id } };
  },
  async unsubscribe(reference, context) {
    const { webhook } = reference as { webhook: number };
    const hook = (await hooksOf(context)) + path`/${webhook}`;
    await context.api.send(hook, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  async list(context) {
    const hooks = (await context.api.send(await hooksOf(context), { query: { per_page: 100 } })).json<
      readonly Hook[]
    >();
    return hooks
      .filter((hook) => hook[`${name}_events`] === true)
      .map(({ id, url }) => ({ reference: { webhook: id }, url }));
  },
});

export const webhooks: readonly Webhook[] = [
  event('issues', 'An issue is made or changes'),
  event('merge_requests', 'A merge request is made or changes'),
  event('note', 'Something is commented on'),
  event('push', 'Commits are pushed'),
  event('tag_push', 'A tag is made or removed'),
  event('pipeline', 'The state of a pipeline changes'),
  event('releases', 'A release is made or changes'),
];
