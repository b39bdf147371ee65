// A WooCommerce shop, over its REST API, version 3.

import { Application, type ApplicationContext, BasicAuth, faults, field, form } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Orders with their notes and refunds, products, customers and coupons of a shop, and webhooks for what happens in it.

Make a key with the right to read and write in the shop (*WooCommerce → Settings → Advanced → REST API*) and fill in its consumer key and
consumer secret. The shop has to be reached by https, and its permalinks must be other than "Plain".`;

interface Problem {
  readonly code?: string;
  readonly message?: string;
  readonly data?: { readonly params?: Readonly<Record<string, string>> };
}

export class WooCommerce extends Application {
  readonly key = 'woocommerce';
  readonly name = 'WooCommerce';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://woocommerce.com';
  override readonly categories = ['commerce'] as const;
  readonly baseUrl = '{settings.shop}/wp-json/wc/v3';
  override readonly auth = new BasicAuth(undefined, { user: 'Consumer key', password: 'Consumer secret' });
  override readonly headers = { accept: 'application/json' };
  /** WooCommerce has no limit of its own for these endpoints; what a small host bears. */
  override readonly limits = [{ amount: 20, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.url('shop', 'Address of the shop', {
        required: true,
        placeholder: 'https://shop.example.com',
        description: 'Without /wp-json; with the folder, when WordPress stands in one.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<Problem>('woocommerce', {
    says: ({ code, message, data }) => [code, message, ...Object.values(data?.params ?? {})],
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { environment } = (await api.send('/system_status', { query: { _fields: 'environment' } })).json<{
      environment: { site_url: string; version: string };
    }>();
    return `Connected to ${environment.site_url}, WooCommerce ${environment.version}.`;
  }
}
