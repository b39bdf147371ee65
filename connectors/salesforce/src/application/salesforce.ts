// Salesforce, as a person or as the application itself. Each organisation has an address of its own, which comes with the token.

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
} from '@sluice/sdk';
import { logo } from './logo.ts';

/** In addresses. A version is served for three years at least. */
export const API_VERSION = 'v62.0';

const description = `Records of any object, own ones as well: queries (SOQL), search, changes since a time, and many records at once.

**As a person** ("Salesforce"): make a connected app (*Setup → App Manager*) with the callback address that this page shows and the
scopes *api* and *refresh_token*, and fill in its consumer key and secret. **As the application** ("Salesforce (application)"): allow the
client credentials flow of that app, choose the user that it runs as, and name the *My Domain* of the organisation.`;

type Problem = readonly {
  readonly message?: string;
  readonly errorCode?: string;
  readonly fields?: readonly string[];
}[];

abstract class Organisation extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.salesforce.com';
  override readonly categories = ['crm'] as const;
  readonly baseUrl: string = `https://login.salesforce.com/services/data/${API_VERSION}`;
  override readonly headers = { accept: 'application/json' };
  /** An organisation has 100 000 calls in a day, and more by licence; 25 long ones at once. */
  override readonly limits = [
    { amount: 100_000, windowMs: 86_400_000 },
    { amount: 25, windowMs: 1_000 },
  ];
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { DailyApiRequests: calls } = (await api.send('/limits')).json<{
      DailyApiRequests: { Max: number; Remaining: number };
    }>();
    return `Connected: ${calls.Remaining} of ${calls.Max} calls are left today.`;
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

/** As the person who agreed. */
export class Salesforce extends Organisation {
  readonly key = 'salesforce';
  readonly name = 'Salesforce';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://{settings.host}/services/oauth2/authorize',
    tokenUrl: 'https://{settings.host}/services/oauth2/token',
    revocationUrl: 'https://{settings.host}/services/oauth2/revoke',
    scopes: ['api', 'refresh_token'],
    clientAuthentication: 'body',
    // Salesforce does not say how long; two hours is what an organisation has at first.
    defaultLifetimeS: 7_200,
  });
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('host', 'Where people sign in', {
        required: true,
        default: 'login.salesforce.com',
        format: 'hostname',
        description: 'login.salesforce.com, test.salesforce.com for sandboxes, or the My Domain of the organisation.',
      }),
    ]),
  ];
}

/** As the application, with the rights of the user that it runs as. */
export class SalesforceApplication extends Organisation {
  readonly key = 'salesforce-application';
  readonly name = 'Salesforce (application)';
  override readonly auth = new OAuth2({
    grant: 'client-credentials',
    tokenUrl: 'https://{settings.host}/services/oauth2/token',
    clientAuthentication: 'body',
    defaultLifetimeS: 7_200,
  });
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('host', 'My Domain', {
        required: true,
        format: 'hostname',
        placeholder: 'acme.my.salesforce.com',
        description: 'Of the organisation; this flow is not served at login.salesforce.com.',
      }),
    ]),
  ];
}

/**
 * The address that came with the token.
 * @throws Fail `install.not_authorised` when none came, or one that is not of Salesforce: the token must go nowhere else
 */
function addressOf(install: Install | null): string {
  const said = install?.token?.extra.instance_url ?? '';
  const address = URL.canParse(said) ? new URL(said) : null;
  if (address?.protocol === 'https:' && address.port === '' && /\.(salesforce|force)\.com$/.test(address.hostname))
    return address.origin;
  throw new Fail('Salesforce has not said at which address the organisation is. Authorise the application once more.', {
    code: 'install.not_authorised',
  });
}

const usual = faults<Problem>('salesforce', {
  says: (problems) =>
    problems.map(({ errorCode, message, fields = [] }) =>
      [errorCode, message, fields.join(', ')].filter(Boolean).join(': '),
    ),
  name: ([problem]) => problem?.errorCode?.toLowerCase(),
});

/** A used-up budget of the day comes with 403 and names no time; 300 says that several records have the key. */
function readAnswer(...[response, now]: Parameters<typeof usual>): ReturnType<typeof usual> {
  if (response.status === 300) return { code: 'salesforce.not_unique' };
  const reading = usual(response, now);
  if (reading?.code !== 'salesforce.request_limit_exceeded') return reading;
  return { ...reading, verdict: 'limit', untilMs: now + 300_000 };
}
