// Shopify's Admin API, of one shop.

import { Application, type ApplicationContext, type Auth, field, form, packageVersion } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { accessToken, ShopifyOAuth } from './auth.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

/** In addresses. A version is served for a year. */
export const API_VERSION = '2025-10';

const SCOPES = [
  'read_orders',
  'write_orders',
  'read_products',
  'write_products',
  'read_customers',
  'write_customers',
  'read_inventory',
  'write_inventory',
  'read_locations',
  'write_merchant_managed_fulfillment_orders',
];

const description = `Orders, products, customers, stock and fulfilments of a shop, and webhooks for what happens in it.

**By OAuth**: make an app in the Partner Dashboard, allow the redirect address that this page shows, and fill in its client id and
secret. **By token**: make a custom app in the admin of the shop (*Settings → Apps → Develop apps*), and use "Shopify (token)" with its
Admin API access token.`;

const shop = field.text('shop', 'Shop', {
  required: true,
  format: 'hostname',
  placeholder: 'my-shop',
  description: 'The first part of the address: "my-shop" of my-shop.myshopify.com.',
});
const location = field.select('location', 'Location', locations, {
  description: 'Where stock is set when a message names no location.',
});
const apiSecret = field.password('apiSecret', 'API secret key', { description: 'Of the app. Only for webhooks.' });

/** By the OAuth of an app. */
export class Shopify extends Application {
  readonly key: string = 'shopify';
  readonly name: string = 'Shopify';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.shopify.com';
  override readonly categories = ['e-commerce'];
  override readonly keywords = ['shop', 'orders', 'products', 'customers', 'inventory'];
  override readonly version = packageVersion(import.meta.url);
  readonly baseUrl = `https://{settings.shop}.myshopify.com/admin/api/${API_VERSION}`;
  override readonly auth: Auth = new ShopifyOAuth(SCOPES);
  /** A bucket of 40 for each shop that loses two a second. */
  override readonly limits = [{ amount: 40, windowMs: 20_000 }];
  override readonly forms = [form('settings', 'Settings', [shop, location])];
  override readonly webhooks = webhooks('credentials.clientSecret');
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const answer = (await api.send('/shop.json')).json<{ shop: { name: string; myshopify_domain: string } }>();
    return `Connected to ${answer.shop.name} (${answer.shop.myshopify_domain}).`;
  }
}

/** By the token of a custom app. */
export class ShopifyToken extends Shopify {
  override readonly key = 'shopify-token';
  override readonly name = 'Shopify (token)';
  override readonly auth = accessToken;
  override readonly forms = [form('settings', 'Settings', [shop, location, apiSecret])];
  override readonly webhooks = webhooks('settings.apiSecret');
}

async function locations({ api }: ApplicationContext) {
  const { locations: found } = (await api.send('/locations.json')).json<{
    locations: { id: number; name: string; active: boolean }[];
  }>();
  return found.filter(({ active }) => active).map(({ id, name }) => ({ value: String(id), label: name }));
}
