// Dropbox, as the person who agreed. Contents have a host of their own.

import {
  Application,
  type ApplicationContext,
  type HttpRequest,
  type Install,
  OAuth2,
  type RequestOptions,
} from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const CONTENT = 'https://content.dropboxapi.com';

const description = `Files and folders of a Dropbox: contents, links, revisions, and a notification when something changes.

Make an app in the App Console with the callback address that this page shows and the permissions *account_info.read*,
*files.metadata.read*, *files.metadata.write*, *files.content.read*, *files.content.write*, *sharing.read* and *sharing.write*, and fill in
its app key and app secret.`;

export class Dropbox extends Application {
  readonly key = 'dropbox';
  readonly name = 'Dropbox';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.dropbox.com';
  override readonly categories = ['documents'] as const;
  readonly baseUrl = 'https://api.dropboxapi.com/2';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://www.dropbox.com/oauth2/authorize',
    tokenUrl: 'https://api.dropboxapi.com/oauth2/token',
    clientAuthentication: 'body',
    // Without it the token ends after four hours and cannot be renewed.
    authorizationParameters: { token_access_type: 'offline' },
  });
  /** Dropbox names no number; writes of one account are best made one after the other. */
  override readonly limits = [{ amount: 10, windowMs: 1_000 }];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { name, email } = (await api.send('/users/get_current_account', { method: 'POST' })).json<{
      name: { display_name: string };
      email: string;
    }>();
    return `Connected as ${name.display_name} (${email}).`;
  }

  override async request(
    at: string,
    options: RequestOptions = {},
    install: Install | null = null,
  ): Promise<HttpRequest> {
    const request = await super.request(at, options, install);
    return /^\/files\/(upload|download)$/.test(at) ? { ...request, url: `${CONTENT}/2${at}` } : request;
  }
}
