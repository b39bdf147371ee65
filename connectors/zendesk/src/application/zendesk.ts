// Zendesk Support: by OAuth, or by an API token.

import {
  Application,
  type ApplicationContext,
  type Auth,
  BasicAuth,
  Fail,
  faults,
  field,
  form,
  OAuth2,
} from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Tickets and their comments, users and organizations of Zendesk Support, and webhooks for what happens to them.

**By OAuth**: make an OAuth client in the admin centre under *Apps and integrations* with the callback address that this page shows, and fill in its identifier
and secret. **By token**: use "Zendesk (token)" with the e-mail address of an agent and an API token.`;

interface Problem {
  readonly error?: string | { readonly title?: string; readonly message?: string };
  readonly description?: string;
  readonly details?: Readonly<Record<string, readonly { readonly description?: string }[]>>;
  readonly errors?: readonly { readonly title?: string; readonly detail?: string }[];
}

/** With an OAuth client of the account. */
export class Zendesk extends Application {
  readonly key: string = 'zendesk';
  readonly name: string = 'Zendesk';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.zendesk.com';
  override readonly categories = ['support'] as const;
  readonly baseUrl = 'https://{settings.subdomain}.zendesk.com/api/v2';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://{settings.subdomain}.zendesk.com/oauth/authorizations/new',
    tokenUrl: 'https://{settings.subdomain}.zendesk.com/oauth/tokens',
    scopes: ['read', 'write'],
    clientAuthentication: 'body',
  });
  override readonly headers = { accept: 'application/json' };
  /** Of the account, in the plan that costs least. */
  override readonly limits = [{ amount: 200, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('subdomain', 'Subdomain', {
        required: true,
        placeholder: 'octo',
        description: 'The name before .zendesk.com.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<Problem>('zendesk', {
    says: ({ error, description: more, details, errors }) => [
      typeof error === 'object' ? error.message : error,
      more,
      ...Object.entries(details ?? {}).map(
        ([name, wrong]) => `${name}: ${wrong.map((one) => one.description).join(', ')}`,
      ),
      ...(errors ?? []).map(({ title, detail }) => detail ?? title),
    ],
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { user } = (await api.send('/users/me')).json<{ user: { id: number | null; name: string } }>();
    // Zendesk answers a stranger as well, with nobody.
    if (!user.id) throw new Fail('Zendesk does not know who asks.', { code: 'zendesk.bad_credentials' });
    return `Connected as ${user.name}.`;
  }
}

/** With the API token of an agent. */
export class ZendeskToken extends Zendesk {
  override readonly key = 'zendesk-token';
  override readonly name = 'Zendesk (token)';
  override readonly auth = new BasicAuth(undefined, {
    user: 'E-mail address',
    password: 'API token',
    userSuffix: '/token',
  });
}
