// Pipedrive, as one person. Each company has an address of its own: with OAuth Pipedrive names it beside the token, with an
// API token it is filled in.

import {
  ApiKeyAuth,
  Application,
  type ApplicationContext,
  Fail,
  field,
  form,
  type HttpRequest,
  type Install,
  OAuth2,
  packageVersion,
  type RequestOptions,
} from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Deals, persons, organizations and activities of a company, and a webhook for what happens to them.

**By OAuth**: make an app in the Developer Hub, with the callback address that this page shows and the scopes for deals, contacts,
activities, search and webhooks, and fill in its client id and secret. **By token**: use "Pipedrive (token)" with the personal API
token of the settings and the name of the company.`;

const pipeline = field.select('pipeline', 'Pipeline', pipelines, {
  description: 'For new deals whose message names neither pipeline nor stage.',
});

abstract class Company extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.pipedrive.com';
  override readonly categories = ['crm'];
  override readonly keywords = ['deals', 'persons', 'organisations', 'sales', 'pipeline'];
  override readonly version = packageVersion(import.meta.url);
  override readonly headers = { accept: 'application/json' };
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { data } = (await api.send('/api/v1/users/me')).json<{ data: { name: string; company_name: string } }>();
    return `Connected as ${data.name} of ${data.company_name}.`;
  }
}

/** With an app of the Developer Hub. */
export class Pipedrive extends Company {
  readonly key = 'pipedrive';
  readonly name = 'Pipedrive';
  readonly baseUrl = 'https://api.pipedrive.com';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://oauth.pipedrive.com/oauth/authorize',
    tokenUrl: 'https://oauth.pipedrive.com/oauth/token',
    revocationUrl: 'https://oauth.pipedrive.com/oauth/revoke',
  });
  /** The burst of the smallest plan, for an app. */
  override readonly limits = [{ amount: 80, windowMs: 2_000 }];
  override readonly forms = [form('settings', 'Settings', [pipeline])];

  override async request(
    at: string,
    options: RequestOptions = {},
    install: Install | null = null,
  ): Promise<HttpRequest> {
    const request = await super.request(at, options, install);
    const { pathname, search } = new URL(request.url);
    return { ...request, url: companyOf(install) + pathname + search };
  }
}

/** With the API token of a person. */
export class PipedriveToken extends Company {
  readonly key = 'pipedrive-token';
  readonly name = 'Pipedrive (token)';
  readonly baseUrl = 'https://{settings.company}.pipedrive.com';
  override readonly auth = new ApiKeyAuth({ in: 'header', name: 'x-api-token', label: 'API token' });
  /** The burst of the smallest plan, for a token. */
  override readonly limits = [{ amount: 20, windowMs: 2_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('company', 'Company', {
        required: true,
        placeholder: 'acme',
        description: 'The name before .pipedrive.com.',
      }),
      pipeline,
    ]),
  ];
}

/**
 * The address that came with the token.
 * @throws Fail `install.not_authorised` when none came, or one that is not of Pipedrive: the token must go nowhere else
 */
function companyOf(install: Install | null): string {
  const said = install?.token?.extra.api_domain ?? '';
  const address = URL.canParse(said) ? new URL(said) : null;
  if (address?.protocol === 'https:' && address.port === '' && address.hostname.endsWith('.pipedrive.com'))
    return address.origin;
  throw new Fail('Pipedrive has not said at which address the company is. Authorise the application once more.', {
    code: 'install.not_authorised',
  });
}

async function pipelines({ api }: ApplicationContext) {
  const { data } = (await api.send('/api/v2/pipelines', { query: { limit: 100 } })).json<{
    data: { id: number; name: string }[];
  }>();
  return data.map(({ id, name }) => ({ value: String(id), label: name }));
}
