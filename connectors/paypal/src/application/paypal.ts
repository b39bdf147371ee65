// PayPal, of one business account.

import { Application, type ApplicationContext, faults, field, form, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Orders, payments, refunds, invoices, payouts, products, plans, subscriptions and transactions of a business account, and
webhooks for what happens.

Make a REST API app in the PayPal developer dashboard with the features that the connectors are to reach, and fill in its client id and
secret; those of a sandbox app go with *Sandbox*.`;

interface Problem {
  readonly name?: string;
  readonly message?: string;
  readonly error?: string;
  readonly error_description?: string;
  readonly details?: readonly { readonly field?: string; readonly issue?: string; readonly description?: string }[];
}

export class PayPal extends Application {
  readonly key = 'paypal';
  readonly name = 'PayPal';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.paypal.com';
  override readonly categories = ['payments'] as const;
  readonly baseUrl = 'https://{settings.host}';
  override readonly auth = new OAuth2({
    grant: 'client-credentials',
    tokenUrl: 'https://{settings.host}/v1/oauth2/token',
  });
  /** The whole of what is made, not its id alone. */
  override readonly headers = { accept: 'application/json', prefer: 'return=representation' };
  /** PayPal names no number and slows down who asks too much. */
  override readonly limits = [{ amount: 10, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select(
        'host',
        'Where',
        { 'api-m.paypal.com': 'Live', 'api-m.sandbox.paypal.com': 'Sandbox' },
        { required: true, default: 'api-m.paypal.com' },
      ),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<Problem>('paypal', {
    says: ({ name, message, error, error_description: words, details = [] }) => [
      name ?? error,
      message ?? words,
      ...details.map(({ field: where, issue, description: why }) => [where, issue, why].filter(Boolean).join(' ')),
    ],
    // Of a request that cannot be done the issue says why: ORDER_NOT_APPROVED.
    name: ({ name, details: [first] = [] }, status) => (status === 422 ? first?.issue : name)?.toLowerCase(),
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { event_types: all } = (await api.send('/v1/notifications/webhooks-event-types')).json<{
      event_types: readonly unknown[];
    }>();
    return `Connected: PayPal offers ${all.length} events.`;
  }
}
