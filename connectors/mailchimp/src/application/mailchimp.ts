// Mailchimp Marketing: by OAuth, or by an API key.

import { Application, type ApplicationContext, type Auth, BasicAuth, faults, field, form, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Audiences, their members, tags and campaigns of Mailchimp, and webhooks for what happens in an audience.

**By OAuth**: register an app under *Account, Extras, Registered apps* with the callback address that this page shows, and fill in its client id and secret.
**By key**: use "Mailchimp (key)" with an API key of *Account, Extras, API keys*. Either way the data centre is what the address of the account begins with,
such as \`us19\`; a key ends with it.`;

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field?: string; readonly message?: string }[];
}

/** With a registered app; its tokens do not end. */
export class Mailchimp extends Application {
  readonly key: string = 'mailchimp';
  readonly name: string = 'Mailchimp';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://mailchimp.com';
  override readonly categories = ['marketing', 'email'] as const;
  readonly baseUrl = 'https://{settings.dataCentre}.api.mailchimp.com/3.0';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://login.mailchimp.com/oauth2/authorize',
    tokenUrl: 'https://login.mailchimp.com/oauth2/token',
    pkce: false,
    clientAuthentication: 'body',
  });
  override readonly headers = { accept: 'application/json' };
  /** Mailchimp counts ten at once, whatever they take. */
  override readonly limits = [{ amount: 10, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('dataCentre', 'Data centre', { required: true, placeholder: 'us19' }),
      field.select('audience', 'Audience', audiences, {
        description: 'Used when a message names none, and for webhooks.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<Problem>('mailchimp', {
    says: ({ title, detail, errors }) => [
      title,
      detail,
      ...(errors ?? []).map(({ field: name, message }) => (name ? `${name}: ${message}` : message)),
    ],
    pauseMs: 10_000,
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { account_name: name } = (await api.send('/', { query: { fields: 'account_name' } })).json<{
      account_name: string;
    }>();
    return `Connected to ${name}.`;
  }
}

/** With an API key, as the password of anybody. */
export class MailchimpToken extends Mailchimp {
  override readonly key = 'mailchimp-token';
  override readonly name = 'Mailchimp (key)';
  override readonly auth = new BasicAuth(undefined, { always: { user: 'sluice' }, password: 'API key' });
}

async function audiences({ api }: ApplicationContext) {
  const { lists } = (await api.send('/lists', { query: { fields: 'lists.id,lists.name', count: 1_000 } })).json<{
    lists: { id: string; name: string }[];
  }>();
  return lists.map(({ id, name }) => ({ value: id, label: name }));
}
