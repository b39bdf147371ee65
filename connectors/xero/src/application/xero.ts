// Xero, of one organisation. Which one stands in a header, since who agrees may have several.

import {
  Application,
  type ApplicationContext,
  faults,
  field,
  form,
  type HttpRequest,
  type Install,
  OAuth2,
  type RequestOptions,
} from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const CONNECTIONS = 'https://api.xero.com/connections';

const description = `Contacts, invoices, payments, items, accounts, bank transactions and credit notes of an organisation, and a notification when
contacts or invoices change.

Make an app of the type *Web app* in the Xero developer portal with the redirect address that this page shows, fill in its client id and
secret, authorise, and choose the organisation.`;

interface Problem {
  readonly Message?: string;
  readonly Title?: string;
  readonly Detail?: string;
  readonly Elements?: readonly { readonly ValidationErrors?: readonly { readonly Message?: string }[] }[];
}

export class Xero extends Application {
  readonly key = 'xero';
  readonly name = 'Xero';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.xero.com';
  override readonly categories = ['accounting'] as const;
  readonly baseUrl = 'https://api.xero.com/api.xro/2.0';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://login.xero.com/identity/connect/authorize',
    tokenUrl: 'https://identity.xero.com/connect/token',
    revocationUrl: 'https://identity.xero.com/connect/revocation',
    scopes: ['offline_access', 'accounting.transactions', 'accounting.contacts', 'accounting.settings'],
  });
  /** Without it Xero answers in XML. */
  override readonly headers = { accept: 'application/json' };
  /** Of one organisation. */
  override readonly limits = [
    { amount: 60, windowMs: 60_000 },
    { amount: 5_000, windowMs: 86_400_000 },
  ];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('organisation', 'Organisation', organisations, {
        description: 'Chosen after authorising; nothing works without it.',
      }),
      field.password('webhookKey', 'Webhooks key', { description: 'Of the app. Only for webhooks.' }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<Problem>('xero', {
    says: ({ Message, Title, Detail, Elements = [] }) => [
      Message ?? Title,
      Detail,
      ...Elements.flatMap(({ ValidationErrors = [] }) => ValidationErrors.map((one) => one.Message)),
    ],
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { Organisations } = (await api.send('/Organisation')).json<{ Organisations: readonly { Name: string }[] }>();
    return `Connected to ${Organisations[0]?.Name ?? 'an organisation without name'}.`;
  }

  override async request(
    at: string,
    options: RequestOptions = {},
    install: Install | null = null,
  ): Promise<HttpRequest> {
    const request = await super.request(at, options, install);
    const isConnections = at === '/connections';
    // Connections are asked for before one of them is chosen.
    const organisation = isConnections
      ? install?.value<string>('settings', 'organisation')
      : install?.text('settings', 'organisation');
    const tenant: Record<string, string> = organisation ? { 'xero-tenant-id': organisation } : {};
    return { ...request, ...(isConnections && { url: CONNECTIONS }), headers: { ...request.headers, ...tenant } };
  }
}

async function organisations({ api }: ApplicationContext) {
  const found = (await api.send('/connections')).json<
    readonly { readonly tenantId: string; readonly tenantName: string }[]
  >();
  return found.map(({ tenantId, tenantName }) => ({ value: tenantId, label: tenantName }));
}
