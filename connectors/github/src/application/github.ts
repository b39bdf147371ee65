// GitHub's REST API, as one person.

import {
  Application,
  type ApplicationContext,
  type Auth,
  BearerAuth,
  field,
  form,
  OAuth2,
  packageVersion,
} from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

export const API_VERSION = '2022-11-28';

const description = `Issues, pull requests, releases and workflows of your repositories, and a webhook for what happens in them.

**By OAuth**: make an OAuth app under *Settings → Developer settings → OAuth Apps*, with the callback address that this page
shows, and fill in its client id and secret. **By token**: use "GitHub (token)" with a personal access token.`;

/** With an OAuth app. */
export class Github extends Application {
  readonly key: string = 'github';
  readonly name: string = 'GitHub';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://github.com';
  override readonly categories = ['development'];
  override readonly keywords = ['git', 'issues', 'pull requests', 'repository', 'code'];
  override readonly version = packageVersion(import.meta.url);
  readonly baseUrl = 'https://api.github.com';
  override readonly headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': API_VERSION,
    // Requests without one are refused.
    'user-agent': 'Sluice',
  };
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
    scopes: ['repo', 'admin:repo_hook', 'workflow'],
    clientAuthentication: 'body',
  });
  /** The primary limit, and the points of a minute: most requests that read are one point. */
  override readonly limits = [
    { amount: 5_000, windowMs: 3_600_000 },
    { amount: 900, windowMs: 60_000 },
  ];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('repository', 'Repository', repositories, {
        description: 'Used when a message names none.',
        placeholder: 'owner/name',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { login } = (await api.send('/user')).json<{ login: string }>();
    return `Connected as ${login}.`;
  }
}

/** With a personal access token. */
export class GithubToken extends Github {
  override readonly key = 'github-token';
  override readonly name = 'GitHub (token)';
  override readonly auth = new BearerAuth(undefined, 'Personal access token');
}

/** The hundred that were pushed to last: a select is no place for more. */
async function repositories({ api }: ApplicationContext) {
  const response = await api.send('/user/repos', { query: { sort: 'pushed', per_page: 100 } });
  return response.json<{ full_name: string }[]>().map(({ full_name }) => ({ value: full_name, label: full_name }));
}
