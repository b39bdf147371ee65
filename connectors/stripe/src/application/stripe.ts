// Stripe, by a secret key.

import { Application, type ApplicationContext, BearerAuth, packageVersion } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { API_VERSION } from './version.ts';
import { webhooks } from './webhooks.ts';

const description = `Customers, payments, refunds, invoices and subscriptions of your Stripe account, and a webhook for its events.

Take a secret or a restricted key from *Developers → API keys*. A key that begins with \`sk_test_\` or \`rk_test_\` works on test data.`;

export class Stripe extends Application {
  readonly key = 'stripe';
  readonly name = 'Stripe';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://stripe.com';
  override readonly categories = ['payments'];
  override readonly keywords = ['charges', 'customers', 'invoices', 'subscriptions', 'billing'];
  override readonly version = packageVersion(import.meta.url);
  readonly baseUrl = 'https://api.stripe.com/v1';
  override readonly headers = { 'stripe-version': API_VERSION };
  override readonly auth = new BearerAuth(undefined, 'Secret key');
  /** What a sandbox takes; a live account takes more. */
  override readonly limits = [{ amount: 25, windowMs: 1_000 }];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  /** The balance: every key may read it, unless it was restricted. */
  override async test({ api }: ApplicationContext): Promise<string> {
    const { livemode } = (await api.send('/balance')).json<{ livemode: boolean }>();
    return livemode ? 'Connected to the live account.' : 'Connected to test data.';
  }
}
