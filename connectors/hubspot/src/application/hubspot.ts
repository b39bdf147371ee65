// HubSpot's CRM API, of one account.

import {
  Application,
  type ApplicationContext,
  type Auth,
  BearerAuth,
  field,
  form,
  OAuth2,
  packageVersion,
} from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Contacts, companies and deals of a HubSpot account, and what belongs together.

**By OAuth**: make an app in a developer account, add the redirect address that this page shows, and fill in its client id and secret.
**By token**: make a private app (*Settings → Integrations → Private apps*), and use "HubSpot (token)" with its access token.`;

const read = (object: string): string[] => [`crm.objects.${object}.read`, `crm.objects.${object}.write`];

/** By the OAuth of an app. */
export class Hubspot extends Application {
  readonly key: string = 'hubspot';
  readonly name: string = 'HubSpot';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.hubspot.com';
  override readonly categories = ['crm', 'marketing'];
  override readonly keywords = ['contacts', 'companies', 'deals', 'sales'];
  override readonly version = packageVersion(import.meta.url);
  readonly baseUrl = 'https://api.hubapi.com';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
    scopes: ['oauth', ...read('contacts'), ...read('companies'), ...read('deals')],
    pkce: false,
    clientAuthentication: 'body',
  });
  /** Of the smallest plan; larger ones take more. */
  override readonly limits = [{ amount: 100, windowMs: 10_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('pipeline', 'Pipeline', pipelines, { description: 'Of new deals that name none.' }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const account = (await api.send('/account-info/v3/details')).json<{ portalId: number; accountType: string }>();
    return `Connected to account ${account.portalId} (${account.accountType.toLowerCase()}).`;
  }
}

/** By the token of a private app. */
export class HubspotToken extends Hubspot {
  override readonly key = 'hubspot-token';
  override readonly name = 'HubSpot (token)';
  override readonly auth = new BearerAuth(undefined, 'Access token of the private app');
}

async function pipelines({ api }: ApplicationContext) {
  const { results } = (await api.send('/crm/v3/pipelines/deals')).json<{ results: { id: string; label: string }[] }>();
  return results.map(({ id, label }) => ({ value: id, label }));
}
