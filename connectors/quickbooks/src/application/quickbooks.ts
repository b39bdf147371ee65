// QuickBooks Online, of one company.

import { Application, type ApplicationContext, faults, field, form, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Customers, invoices, payments, items, vendors, bills and reports of a company, and a notification when they change.

Make an app in the Intuit developer portal with the scope *com.intuit.quickbooks.accounting* and the redirect address that this page
shows, and fill in its client id and secret. The company id stands in QuickBooks under *Settings → Additional info*; the person who
agrees has to choose the same company.`;

interface Fault {
  readonly error?: readonly Problem[];
  readonly Error?: readonly Problem[];
}

interface Problem {
  readonly Message?: string;
  readonly message?: string;
  readonly Detail?: string;
  readonly detail?: string;
  readonly code?: string;
}

/** Codes that say more than the status, which is 400 for nearly everything. */
const NAMES: Readonly<Record<string, string>> = {
  610: 'not_found',
  620: 'not_found',
  5010: 'changed_meanwhile',
  6000: 'invalid',
  6140: 'duplicate_number',
  6240: 'duplicate_name',
  2500: 'invalid_reference',
};

export class QuickBooks extends Application {
  readonly key = 'quickbooks';
  readonly name = 'QuickBooks Online';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://quickbooks.intuit.com';
  override readonly categories = ['accounting'] as const;
  readonly baseUrl = 'https://{settings.host}/v3/company/{settings.company}';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://appcenter.intuit.com/connect/oauth2',
    tokenUrl: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
    revocationUrl: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
    scopes: ['com.intuit.quickbooks.accounting'],
    pkce: false,
  });
  /** Without it QuickBooks answers in XML. */
  override readonly headers = { accept: 'application/json' };
  /** Of one company. */
  override readonly limits = [{ amount: 500, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select(
        'host',
        'Where',
        { 'quickbooks.api.intuit.com': 'Production', 'sandbox-quickbooks.api.intuit.com': 'Sandbox' },
        { required: true, default: 'quickbooks.api.intuit.com' },
      ),
      field.text('company', 'Company id', {
        required: true,
        placeholder: '9130357992221046',
        description: 'Also called realm id.',
      }),
      field.password('verifierToken', 'Verifier token', {
        description: 'Of the webhooks of the app. Only for webhooks.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ readonly Fault?: Fault; readonly fault?: Fault }>('quickbooks', {
    says: (body) => problemsIn(body).flatMap((one) => [one.Message ?? one.message, one.Detail ?? one.detail]),
    name: (body) => NAMES[problemsIn(body)[0]?.code ?? ''],
  });

  override async test(context: ApplicationContext): Promise<string> {
    const company = (await context.install()).text('settings', 'company');
    const { CompanyInfo: info } = (await context.api.send(`/companyinfo/${encodeURIComponent(company)}`)).json<{
      CompanyInfo: { CompanyName: string };
    }>();
    return `Connected to ${info.CompanyName}.`;
  }
}

const problemsIn = ({ Fault: large, fault: small }: { readonly Fault?: Fault; readonly fault?: Fault }) =>
  large?.Error ?? large?.error ?? small?.error ?? small?.Error ?? [];
