// Freshdesk, as one agent, with the agent's API key.

import { Application, type ApplicationContext, BasicAuth, faults, field, form } from '@sluice/sdk';
import { logo } from './logo.ts';

const description = `Tickets, replies, contacts and companies of Freshdesk.

The API key of an agent stands in the *Profile settings*. The agent may do here what the agent may do there.`;

interface Problem {
  readonly code?: string;
  readonly message?: string;
  readonly description?: string;
  readonly errors?: readonly { readonly field?: string; readonly message?: string }[];
}

export class Freshdesk extends Application {
  readonly key = 'freshdesk';
  readonly name = 'Freshdesk';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.freshworks.com/freshdesk/';
  override readonly categories = ['support'] as const;
  readonly baseUrl = 'https://{settings.domain}.freshdesk.com/api/v2';
  /** The key as user; the password says nothing. */
  override readonly auth = new BasicAuth(undefined, { user: 'API key', always: { password: 'X' } });
  override readonly headers = { accept: 'application/json' };
  /** Of the account, in the plan that costs least; listing has fewer of its own. */
  override readonly limits = [{ amount: 200, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('domain', 'Domain', {
        required: true,
        placeholder: 'octo',
        description: 'The name before .freshdesk.com.',
      }),
    ]),
  ];
  override readonly read = faults<Problem>('freshdesk', {
    says: ({ message, description: more, errors }) => [
      message,
      more,
      ...(errors ?? []).map(({ field: name, message: wrong }) => `${name}: ${wrong}`),
    ],
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { contact } = (await api.send('/agents/me')).json<{ contact: { name: string } }>();
    return `Connected as ${contact.name}.`;
  }
}
