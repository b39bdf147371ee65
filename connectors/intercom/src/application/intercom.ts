// Intercom: by OAuth, or by the access token of an app of one's own.

import { Application, type ApplicationContext, type Auth, BearerAuth, faults, field, form, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Contacts, conversations, companies, tags and events of Intercom, and a webhook for what happens to them.

**By OAuth**: make an app in the Developer Hub with the callback address that this page shows, and fill in its client id and secret.
**By token**: use "Intercom (token)" with the access token that the same page shows for your own workspace.`;

/** With an app of the Developer Hub; its tokens do not end. */
export class Intercom extends Application {
  readonly key: string = 'intercom';
  readonly name: string = 'Intercom';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.intercom.com';
  override readonly categories = ['support', 'crm'] as const;
  readonly baseUrl = 'https://{settings.host}';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://app.intercom.com/oauth',
    tokenUrl: 'https://api.intercom.io/auth/eagle/token',
    pkce: false,
    clientAuthentication: 'body',
  });
  override readonly headers = { accept: 'application/json', 'intercom-version': '2.11' };
  /** Ten thousand a minute, counted in windows of ten seconds. */
  override readonly limits = [{ amount: 1_666, windowMs: 10_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select(
        'host',
        'Region',
        { 'api.intercom.io': 'United States', 'api.eu.intercom.io': 'Europe', 'api.au.intercom.io': 'Australia' },
        { required: true },
      ),
      field.password('clientSecret', 'Client secret', {
        description: 'Of the app, under Basic information. Only for webhooks.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ errors: { code?: string; message?: string; field?: string }[] }>('intercom', {
    says: ({ errors }) => errors.map(({ message, field: name }) => (name ? `${name}: ${message}` : message)),
    name: ({ errors }) => errors[0]?.code,
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { name, app } = (await api.send('/me')).json<{ name: string; app: { name: string } | null }>();
    return `Connected to ${app?.name ?? 'a workspace'} as ${name}.`;
  }
}

/** With the access token of an app for one workspace. */
export class IntercomToken extends Intercom {
  override readonly key = 'intercom-token';
  override readonly name = 'Intercom (token)';
  override readonly auth = new BearerAuth(undefined, 'Access token');
}
