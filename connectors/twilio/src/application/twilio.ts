// Twilio, as one account: with its auth token, or with an API key.

import { Application, type ApplicationContext, BasicAuth, faults, field, form } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Text messages, calls, recordings and telephone numbers of Twilio, and a webhook for messages that come in.

Fill in the account SID of the console. As user and password take an API key of *Account, API keys & tokens* with its secret, which can be taken back alone; or the
account SID and the auth token.`;

export class Twilio extends Application {
  readonly key = 'twilio';
  readonly name = 'Twilio';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.twilio.com';
  override readonly categories = ['communication'] as const;
  readonly baseUrl = 'https://api.twilio.com/2010-04-01/Accounts/{settings.account}';
  override readonly auth = new BasicAuth(undefined, {
    user: 'API key SID or account SID',
    password: 'Secret or auth token',
  });
  override readonly headers = { accept: 'application/json' };
  /** Twilio counts requests under way, and sends what it took as fast as the number may. */
  override readonly limits = [{ amount: 20, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('account', 'Account SID', { required: true, placeholder: 'AC…' }),
      field.text('from', 'Number', {
        placeholder: '+12025550123',
        description: 'Used when a message names no sender.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  /** Failures have numbers, such as 21211, which its documentation explains. */
  override readonly read = faults<{ code?: number; message?: string; more_info?: string }>('twilio', {
    says: ({ message, more_info: more }) => [message, more],
    name: ({ code }) => (code ? String(code) : undefined),
    pauseMs: 1_000,
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { balance, currency } = (await api.send('/Balance.json')).json<{ balance: string; currency: string }>();
    return `Connected; there are ${balance} ${currency} left.`;
  }
}
