// ClickUp, as one person: by OAuth, or by a personal token.

import { ApiKeyAuth, Application, type ApplicationContext, type Auth, faults, field, form, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Tasks, comments, lists and spaces of a ClickUp workspace, and webhooks for what happens to them.

**By OAuth**: make an app under *Settings, ClickUp API* with the callback address that this page shows, and fill in its client id and secret.
**By token**: use "ClickUp (token)" with the personal token of *Settings, Apps*.`;

/** With an app of the workspace; its tokens do not end. */
export class ClickUp extends Application {
  readonly key: string = 'clickup';
  readonly name: string = 'ClickUp';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://clickup.com';
  override readonly categories = ['projects'] as const;
  readonly baseUrl = 'https://api.clickup.com/api/v2';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://app.clickup.com/api',
    tokenUrl: 'https://api.clickup.com/api/v2/oauth/token',
    pkce: false,
    clientAuthentication: 'body',
  });
  /** Of one token, in the plans that cost least. */
  override readonly limits = [{ amount: 100, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('team', 'Workspace', teams, { description: 'For webhooks, and where a message names none.' }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ err?: string; ECODE?: string }>('clickup', {
    says: ({ err, ECODE }) => [err, ECODE],
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { user } = (await api.send('/user')).json<{ user: { username: string } }>();
    return `Connected as ${user.username}.`;
  }
}

/** With the personal token of a person, which is sent as it is. */
export class ClickUpToken extends ClickUp {
  override readonly key = 'clickup-token';
  override readonly name = 'ClickUp (token)';
  override readonly auth = new ApiKeyAuth({ in: 'header', name: 'authorization', label: 'Personal token' });
}

async function teams({ api }: ApplicationContext) {
  const { teams: found } = (await api.send('/team')).json<{ teams: { id: string; name: string }[] }>();
  return found.map(({ id, name }) => ({ value: id, label: name }));
}
