// Box, as the person who agreed. Contents are sent to a host of their own.

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
import { webhooks } from './webhooks.ts';

const UPLOAD = 'https://upload.box.com/api/2.0';

const description = `Files and folders of a Box: contents, versions, comments, collaborations, links, and webhooks.

Make a custom app with *User Authentication (OAuth 2.0)* in the Developer Console, with the callback address that this page shows and the
scopes to read and write files and folders and to manage webhooks, and fill in its client id and secret. For webhooks fill in the primary
signature key as well (*Webhooks → Manage signature keys*).`;

export class Box extends Application {
  readonly key = 'box';
  readonly name = 'Box';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.box.com';
  override readonly categories = ['documents'] as const;
  readonly baseUrl = 'https://api.box.com/2.0';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://account.box.com/api/oauth2/authorize',
    tokenUrl: 'https://api.box.com/oauth2/token',
    clientAuthentication: 'body',
    pkce: false,
  });
  override readonly headers = { accept: 'application/json' };
  /** Of one person. */
  override readonly limits = [{ amount: 1_000, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.password('signatureKey', 'Primary signature key', { description: 'Of the app. Only for webhooks.' }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { name, login } = (await api.send('/users/me')).json<{ name: string; login: string }>();
    return `Connected as ${name} (${login}).`;
  }

  override async request(
    at: string,
    options: RequestOptions = {},
    install: Install | null = null,
  ): Promise<HttpRequest> {
    const request = await super.request(at, options, install);
    const isUpload = options.method === 'POST' && /^\/files\/([^/]+\/)?content$/.test(at);
    return isUpload ? { ...request, url: UPLOAD + at } : request;
  }
}
