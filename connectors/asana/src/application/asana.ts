// Asana, as one person: by OAuth, or by a personal access token.

import { Application, type ApplicationContext, type Auth, BearerAuth, faults, field, form, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Tasks, comments, projects and sections of Asana, and webhooks for what happens to them.

**By OAuth**: make an app in the developer console of Asana with the callback address that this page shows and full permissions, and fill in its
client id and secret. **By token**: use "Asana (token)" with a personal access token of the same console.`;

/** With an app of the developer console. */
export class Asana extends Application {
  readonly key: string = 'asana';
  readonly name: string = 'Asana';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://asana.com';
  override readonly categories = ['projects'] as const;
  readonly baseUrl = 'https://app.asana.com/api/1.0';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://app.asana.com/-/oauth_authorize',
    tokenUrl: 'https://app.asana.com/-/oauth_token',
    revocationUrl: 'https://app.asana.com/-/oauth_revoke',
    scopes: ['default'],
    clientAuthentication: 'body',
  });
  override readonly headers = { accept: 'application/json' };
  /** Of a workspace that pays nothing; one that pays has ten times as many. */
  override readonly limits = [{ amount: 150, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('workspace', 'Workspace', workspaces, { description: 'Used when a message names none.' }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ errors: { message?: string }[] }>('asana', {
    says: ({ errors }) => errors.map(({ message }) => message),
    codes: { 451: 'blocked' },
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { data } = (await api.send('/users/me')).json<{ data: { name: string } }>();
    return `Connected as ${data.name}.`;
  }
}

/** With the personal access token of a person. */
export class AsanaToken extends Asana {
  override readonly key = 'asana-token';
  override readonly name = 'Asana (token)';
  override readonly auth = new BearerAuth(undefined, 'Personal access token');
}

async function workspaces({ api }: ApplicationContext) {
  const { data } = (await api.send('/workspaces', { query: { limit: 100 } })).json<{
    data: { gid: string; name: string }[];
  }>();
  return data.map(({ gid, name }) => ({ value: gid, label: name }));
}
