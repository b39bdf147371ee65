// Webhooks of the repository of the settings. Bitbucket signs with the secret that it is given.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

interface Hook {
  /** With braces around it. */
  readonly uuid: string;
  readonly url: string;
  readonly events: readonly string[];
}

async function hooksOf(context: ApplicationContext): Promise<string> {
  const install = await context.install();
  return path`/repositories/${install.text('settings', 'workspace')}/${install.text('settings', 'repository')}/hooks`;
}

const event = (name: string, label: string): Webhook => ({
  name,
  label,
  verification: { kind: 'hmac', header: 'x-hub-signature', prefix: 'sha256=' },
  deliveryIdHeader: 'x-request-uuid',
  async subscribe({ url, secret }, context) {
    const json = { description: `Sluice: ${label}`, url, secret, active: true, events: [name] };
    const { uuid } = (await context.api.send(await hooksOf(context), { json })).json<Hook>();
    return { reference: { webhook: uuid } };
  },
  async unsubscribe(reference, context) {
    const { webhook } = reference as { webhook: string };
    const hook = (await hooksOf(context)) + path`/${webhook}`;
    await context.api.send(hook, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  async list(context) {
    const answer = await context.api.send(await hooksOf(context), { query: { pagelen: 100 } });
    return answer
      .json<{ values: readonly Hook[] }>()
      .values.filter(({ events }) => events.includes(name))
      .map(({ uuid, url }) => ({ reference: { webhook: uuid }, url }));
  },
});

export const webhooks: readonly Webhook[] = [
  event('repo:push', 'Commits are pushed'),
  event('pullrequest:created', 'A pull request is made'),
  event('pullrequest:updated', 'A pull request changes'),
  event('pullrequest:fulfilled', 'A pull request is merged'),
  event('pullrequest:rejected', 'A pull request is declined'),
  event('pullrequest:comment_created', 'A pull request is commented on'),
];
