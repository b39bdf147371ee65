// Jira Cloud, as one person. With OAuth all sites are behind one gateway, by id; with a token each is at its own address.

import {
  Application,
  type ApplicationContext,
  BasicAuth,
  field,
  form,
  type Install,
  OAuth2,
  packageVersion,
  path,
  type RequestOptions,
} from '@sluice/sdk';
import { adminWebhooks } from './admin-webhooks.ts';
import { readAnswer } from './answers.ts';
import { dynamicWebhooks } from './dynamic-webhooks.ts';
import { logo } from './logo.ts';

const description = `Issues, comments, transitions and projects of a Jira Cloud site, and a webhook for what happens to issues.

**By OAuth**: make an OAuth 2.0 integration in the Atlassian developer console, with the callback address that this page shows and
the Jira scopes it asks for, and fill in its client id and secret. Authorise, then choose the site. **By token**: use "Jira (token)"
with the e-mail of an account and an API token of it.`;

const project = field.select('project', 'Project', projects, {
  description: 'For issues whose message names none.',
  placeholder: 'KEY',
});

abstract class JiraSite extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.atlassian.com/software/jira';
  override readonly categories = ['project-management', 'development'];
  override readonly keywords = ['atlassian', 'issues', 'tickets', 'agile'];
  override readonly version = packageVersion(import.meta.url);
  override readonly headers = { accept: 'application/json' };
  /** The least that a site lets through in one second: requests that change something. */
  override readonly limits = [{ amount: 50, windowMs: 1_000 }];
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { displayName } = (await api.send('/rest/api/3/myself')).json<{ displayName: string }>();
    return `Connected as ${displayName}.`;
  }
}

/** With an OAuth 2.0 integration. */
export class Jira extends JiraSite {
  readonly key = 'jira';
  readonly name = 'Jira';
  readonly baseUrl = 'https://api.atlassian.com';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://auth.atlassian.com/authorize',
    tokenUrl: 'https://auth.atlassian.com/oauth/token',
    scopes: ['read:jira-work', 'write:jira-work', 'read:jira-user', 'manage:jira-webhook', 'offline_access'],
    clientAuthentication: 'body',
    authorizationParameters: { audience: 'api.atlassian.com', prompt: 'consent' },
  });
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('site', 'Site', sites, { description: 'Can be chosen once the application is authorised.' }),
      project,
    ]),
  ];
  override readonly webhooks = dynamicWebhooks;

  /** Paths of Jira begin with `/rest/` and belong to the chosen site; others are of the gateway itself. */
  override async request(at: string, options: RequestOptions = {}, install: Install | null = null) {
    const site = at.startsWith('/rest/') ? path`/ex/jira/${install?.text('settings', 'site') ?? ''}` : '';
    return super.request(site + at, options, install);
  }
}

/** With the e-mail of an account and an API token. */
export class JiraToken extends JiraSite {
  readonly key = 'jira-token';
  readonly name = 'Jira (token)';
  readonly baseUrl = 'https://{settings.site}.atlassian.net';
  override readonly auth = new BasicAuth(undefined, { user: 'E-mail', password: 'API token' });
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('site', 'Site', {
        required: true,
        description: 'The name before .atlassian.net.',
        placeholder: 'acme',
      }),
      project,
    ]),
  ];
  override readonly webhooks = adminWebhooks;
}

/** Sites that the person gave access to. */
async function sites({ api }: ApplicationContext) {
  const response = await api.send('/oauth/token/accessible-resources');
  return response.json<{ id: string; name: string; url: string }[]>().map(({ id, name, url }) => ({
    value: id,
    label: `${name} (${new URL(url).host})`,
  }));
}

/** The first hundred by name: a select is no place for more. */
async function projects({ api }: ApplicationContext) {
  const response = await api.send('/rest/api/3/project/search', { query: { orderBy: 'name', maxResults: 100 } });
  return response
    .json<{ values: { key: string; name: string }[] }>()
    .values.map(({ key, name }) => ({ value: key, label: `${name} (${key})` }));
}
