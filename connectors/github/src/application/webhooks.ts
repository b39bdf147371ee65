// Webhooks of a repository. GitHub signs each delivery and names it; the first one to a new address is a `ping`.

import { type ApplicationContext, field, form, type Webhook } from '@sluice/sdk';
import { repositoryPath } from './repository.ts';

interface Hook {
  readonly id: number;
  readonly events: readonly string[];
  readonly config: { readonly url?: string };
}

const parameters = form('parameters', 'Which repository', [
  field.text('repository', 'Repository', {
    placeholder: 'owner/name',
    description: 'Default: the one of the settings.',
  }),
]);

const event = (name: string, label: string): Webhook => ({
  name,
  label,
  parameters,
  verification: { kind: 'github' },
  deliveryIdHeader: 'x-github-delivery',
  async subscribe({ url, secret, parameters: { repository } }, context) {
    const at = await repositoryPath(repository, context);
    const json = {
      name: 'web',
      active: true,
      events: [name],
      config: { url, content_type: 'json', secret, insecure_ssl: '0' },
    };
    const { id } = (await context.api.send(`${at}/hooks`, { json })).json<Hook>();
    return { reference: { hook: `${at}/hooks/${id}` } };
  },
  async unsubscribe(reference, { api }) {
    await api.send((reference as { hook: string }).hook, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  list: (context) => hooksOf(name, context),
});

/** Of the repository of the settings; which others there are, GitHub does not say. */
async function hooksOf(name: string, context: ApplicationContext) {
  const at = await repositoryPath(undefined, context);
  const hooks = (await context.api.send(`${at}/hooks`, { query: { per_page: 100 } })).json<Hook[]>();
  return hooks
    .filter(({ events, config }) => events.includes(name) && config.url)
    .map(({ id, config }) => ({ reference: { hook: `${at}/hooks/${id}` }, url: config.url! }));
}

export const webhooks: readonly Webhook[] = [
  event('push', 'Commits are pushed'),
  event('issues', 'An issue changes'),
  event('issue_comment', 'An issue or pull request is commented on'),
  event('pull_request', 'A pull request changes'),
  event('release', 'A release changes'),
  event('workflow_run', 'A workflow begins or ends'),
];
