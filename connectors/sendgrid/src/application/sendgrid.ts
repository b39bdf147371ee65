// SendGrid, with an API key.

import { Application, type ApplicationContext, BearerAuth, faults, field, form } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `E-mail, contacts, lists, suppressions and templates of SendGrid, and a webhook for what becomes of each e-mail.

Make an API key under *Settings, API Keys* with just the access that your processes need: *Mail Send*, and *Marketing*, *Suppressions*, *Template Engine*,
*Mail Settings* where they are used. Senders must be verified at SendGrid.`;

export class SendGrid extends Application {
  readonly key = 'sendgrid';
  readonly name = 'SendGrid';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://sendgrid.com';
  override readonly categories = ['email', 'marketing'] as const;
  readonly baseUrl = 'https://{settings.host}/v3';
  override readonly auth = new BearerAuth(undefined, 'API key');
  override readonly headers = { accept: 'application/json' };
  /** Of most endpoints; sending has far more. */
  override readonly limits = [{ amount: 600, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select(
        'host',
        'Region',
        { 'api.sendgrid.com': 'Global', 'api.eu.sendgrid.com': 'Europe' },
        { required: true },
      ),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ errors: { message?: string; field?: string | null }[] }>('sendgrid', {
    says: ({ errors }) => errors.map(({ message, field: name }) => (name ? `${name}: ${message}` : message)),
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { scopes } = (await api.send('/scopes')).json<{ scopes: string[] }>();
    return `Connected; the key has ${scopes.length} scopes${scopes.includes('mail.send') ? ' and may send' : ', and may not send'}.`;
  }
}
