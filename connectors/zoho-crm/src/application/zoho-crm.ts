// Zoho CRM, as the person who agreed. Each data centre has its own addresses: that of the sign-in is chosen, that of the API comes with
// the token. Zoho wants its token in a scheme of its own.

import {
  Application,
  type ApplicationContext,
  Fail,
  faults,
  field,
  form,
  type HttpRequest,
  type Install,
  OAuth2,
  type RequestOptions,
  tokenOf,
} from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const SCOPES = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.settings.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.notifications.ALL',
  'ZohoCRM.coql.READ',
  'ZohoCRM.users.READ',
];

const description = `Records of any module: leads, contacts, accounts, deals and own ones, with notes, related records, queries (COQL), conversion of
leads, and a notification when records change.

Make a *Server-based Application* in the API console of your data centre (https://api-console.zoho.eu or as yours ends) with the callback
address that this page shows, and fill in its client id and secret.`;

interface Problem {
  readonly code?: string;
  readonly message?: string;
  readonly details?: object;
}

class ZohoOAuth extends OAuth2 {
  override sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    const authorization = `Zoho-oauthtoken ${tokenOf(install).accessToken}`;
    return { ...request, headers: { ...request.headers, authorization } };
  }
}

export class ZohoCrm extends Application {
  readonly key = 'zoho-crm';
  readonly name = 'Zoho CRM';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.zoho.com/crm/';
  override readonly categories = ['crm'] as const;
  readonly baseUrl = 'https://www.zohoapis.com/crm/v8';
  override readonly auth = new ZohoOAuth({
    authorizationUrl: 'https://{settings.accounts}/oauth/v2/auth',
    tokenUrl: 'https://{settings.accounts}/oauth/v2/token',
    scopes: SCOPES,
    scopeSeparator: ',',
    clientAuthentication: 'body',
    pkce: false,
    // Without these Zoho gives no refresh token.
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  });
  override readonly headers = { accept: 'application/json' };
  /** Zoho counts credits in a day; ten calls at once in the smallest plan. */
  override readonly limits = [{ amount: 10, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select(
        'accounts',
        'Data centre',
        {
          'accounts.zoho.com': 'United States (zoho.com)',
          'accounts.zoho.eu': 'Europe (zoho.eu)',
          'accounts.zoho.in': 'India (zoho.in)',
          'accounts.zoho.com.au': 'Australia (zoho.com.au)',
          'accounts.zoho.jp': 'Japan (zoho.jp)',
          'accounts.zohocloud.ca': 'Canada (zohocloud.ca)',
          'accounts.zoho.sa': 'Saudi Arabia (zoho.sa)',
        },
        { required: true, default: 'accounts.zoho.com' },
      ),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<Problem & { readonly data?: readonly Problem[] }>('zoho-crm', {
    says: ({ data: [first] = [], ...whole }) => wordsOf(first ?? whole),
    name: ({ code, data: [first] = [] }) => (first?.code ?? code)?.toLowerCase(),
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { org } = (await api.send('/org')).json<{ org: readonly { company_name: string }[] }>();
    return `Connected to ${org[0]?.company_name ?? 'an organisation without name'}.`;
  }

  override async request(
    at: string,
    options: RequestOptions = {},
    install: Install | null = null,
  ): Promise<HttpRequest> {
    const request = await super.request(at, options, install);
    const { pathname, search } = new URL(request.url);
    return { ...request, url: addressOf(install) + pathname + search };
  }
}

const wordsOf = ({ code, message, details }: Problem) => [
  code,
  message,
  details && JSON.stringify(details) !== '{}' && JSON.stringify(details),
];

/**
 * The address that came with the token.
 * @throws Fail `install.not_authorised` when none came, or one that is not of Zoho: the token must go nowhere else
 */
function addressOf(install: Install | null): string {
  const said = install?.token?.extra.api_domain ?? '';
  const address = URL.canParse(said) ? new URL(said) : null;
  if (
    address?.protocol === 'https:' &&
    address.port === '' &&
    /^www\.zohoapis\.(com|eu|in|com\.au|jp|ca|sa)$/.test(address.hostname)
  )
    return address.origin;
  throw new Fail('Zoho has not said at which address its API is. Authorise the application once more.', {
    code: 'install.not_authorised',
  });
}
