// A shop on Adobe Commerce or Magento 2, over its REST API.

import { Application, type ApplicationContext, BearerAuth, faults, field, form } from '@sluice/sdk';
import { logo } from './logo.ts';

const description = `Orders with invoices, shipments and refunds, products with their stock, categories and customers of a shop.

Make an integration in the shop (*System → Extensions → Integrations*) with the resources that the connectors are to reach, activate
it, and fill in its access token. Since 2.4.4 the shop has to allow such a token as a bearer: *Stores → Configuration → Services →
OAuth → Allow OAuth Access Tokens to be used as standalone Bearer tokens*.`;

interface Problem {
  /** With places: `No such entity with %fieldName = %fieldValue`, or `%1`. */
  readonly message?: string;
  readonly parameters?: Readonly<Record<string, unknown>> | readonly unknown[];
}

export class Magento extends Application {
  readonly key = 'magento';
  readonly name = 'Adobe Commerce (Magento 2)';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://business.adobe.com/products/commerce.html';
  override readonly categories = ['commerce'] as const;
  readonly baseUrl = '{settings.shop}/rest/{settings.store}/V1';
  override readonly auth = new BearerAuth(undefined, 'Access token');
  override readonly headers = { accept: 'application/json' };
  /** Magento has no limit for who is signed in; what a host of middle size bears. */
  override readonly limits = [{ amount: 20, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.url('shop', 'Address of the shop', {
        required: true,
        placeholder: 'https://shop.example.com',
        description: 'Without /rest.',
      }),
      field.text('store', 'Store view', {
        required: true,
        default: 'default',
        description: 'Code of the store view whose texts are read and written; "all" for those of all.',
      }),
    ]),
  ];
  override readonly read = faults<Problem>('magento', { says: inWords });

  override async test({ api }: ApplicationContext): Promise<string> {
    const stores = (await api.send('/store/storeViews')).json<readonly { readonly name: string }[]>();
    return `Connected: ${stores.map(({ name }) => name).join(', ')}.`;
  }
}

function inWords({ message, parameters = {} }: Problem): string | undefined {
  const places = Array.isArray(parameters)
    ? parameters.map((value, at) => [String(at + 1), value] as const)
    : Object.entries(parameters);
  return places.reduce((text, [name, value]) => text?.replaceAll(`%${name}`, String(value)), message);
}
