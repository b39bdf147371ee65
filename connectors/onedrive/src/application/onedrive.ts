// Files over Microsoft Graph: of the person who agreed, or of a library of a SharePoint site that the tenant lets the application into.

import {
  Application,
  type ApplicationContext,
  field,
  form,
  type HttpRequest,
  type Install,
  OAuth2,
  type RequestOptions,
} from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooksOf } from './webhooks.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const LOGIN = 'https://login.microsoftonline.com/{settings.tenant}/oauth2/v2.0';

const description = `Files and folders of a drive: contents, links, permissions, versions, and a notification when something changes.

Register an application in Microsoft Entra ID and fill in its client id and a client secret. **As a person** ("OneDrive"): add the callback
address that this page shows, and the delegated permission *Files.ReadWrite.All*. **Without a person** ("SharePoint files"): add the
application permission *Sites.Selected* or *Files.ReadWrite.All* with the consent of an administrator, name the site, and choose a library.`;

abstract class Drive extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly categories = ['documents'] as const;
  override readonly headers = { accept: 'application/json' };
  /** Graph counts costs, not requests; of one application for one user: 3 000 in five minutes. */
  override readonly limits = [{ amount: 3_000, windowMs: 300_000 }];
  /** A drive that is full does not get empty by asking again. */
  override readonly rules = { '507': 'fail' } as const;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { name, driveType, quota } = (await api.send('')).json<{
      name?: string;
      driveType: string;
      quota?: { remaining?: number };
    }>();
    const left = quota?.remaining === undefined ? '' : `, ${Math.floor(quota.remaining / 1_000_000)} MB are free`;
    return `Connected to "${name ?? driveType}"${left}.`;
  }

  /** Paths are of the drive; subscriptions and sites alone are of Graph itself. */
  override async request(
    at: string,
    options: RequestOptions = {},
    install: Install | null = null,
  ): Promise<HttpRequest> {
    if (!/^\/(subscriptions|sites)\b/.test(at)) return super.request(at, options, install);
    return this.auth!.sign({ ...options, url: GRAPH + at, headers: { ...this.headers, ...options.headers } }, install);
  }
}

/** As the person who agreed. */
export class OneDrive extends Drive {
  readonly key = 'onedrive';
  readonly name = 'OneDrive';
  override readonly website = 'https://www.microsoft.com/microsoft-365/onedrive';
  readonly baseUrl = `${GRAPH}/me/drive`;
  override readonly auth = new OAuth2({
    authorizationUrl: `${LOGIN}/authorize`,
    tokenUrl: `${LOGIN}/token`,
    scopes: ['offline_access', 'https://graph.microsoft.com/Files.ReadWrite.All'],
    clientAuthentication: 'body',
  });
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('tenant', 'Tenant', {
        required: true,
        default: 'common',
        description: 'Id or domain of the directory; "common" for any, "organizations" for any but private accounts.',
      }),
    ]),
  ];
  override readonly webhooks = webhooksOf(async () => 'me/drive');
}

/** As the application itself. */
export class SharePointFiles extends Drive {
  readonly key = 'sharepoint-files';
  readonly name = 'SharePoint files';
  override readonly website = 'https://www.microsoft.com/microsoft-365/sharepoint';
  readonly baseUrl = `${GRAPH}/drives/{settings.drive}`;
  override readonly auth = new OAuth2({
    grant: 'client-credentials',
    tokenUrl: `${LOGIN}/token`,
    scopes: ['https://graph.microsoft.com/.default'],
    clientAuthentication: 'body',
  });
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('tenant', 'Tenant', {
        required: true,
        placeholder: 'acme.onmicrosoft.com',
        description: 'Id or domain of the directory.',
      }),
      field.text('site', 'Site', {
        required: true,
        placeholder: 'acme.sharepoint.com:/sites/sales',
        description: 'Host and path of the site, with a colon between them; or its id.',
      }),
      field.select('drive', 'Library', libraries, { required: true, description: 'Whose files they are.' }),
    ]),
  ];
  override readonly webhooks = webhooksOf(
    async (context) => `drives/${(await context.install()).text('settings', 'drive')}`,
  );
}

async function libraries(context: ApplicationContext) {
  const site = (await context.install()).text('settings', 'site');
  // A path in it begins and ends with a colon.
  const place = site.includes(':/')
    ? `${site.split('/').map(encodeURIComponent).join('/').replace('%3A', ':')}:`
    : encodeURIComponent(site);
  const { value } = (await context.api.send(`/sites/${place}/drives`, { query: { $select: 'id,name' } })).json<{
    value: readonly { readonly id: string; readonly name: string }[];
  }>();
  return value.map(({ id, name }) => ({ value: id, label: name }));
}
