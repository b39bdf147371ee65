// Gmail, as the person whose mailbox it is.

import { Application, type ApplicationContext, OAuth2 } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';

const description = `Messages, threads, drafts, attachments and labels of a mailbox.

Make an OAuth client of the type *Web application* in the Google Cloud console, with the callback address that this page shows, enable
the *Gmail API*, and fill in client id and secret. The scope is a restricted one: an app for people outside of your organisation has to be
verified by Google.`;

export class Gmail extends Application {
  readonly key = 'gmail';
  readonly name = 'Gmail';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://workspace.google.com/products/gmail/';
  override readonly categories = ['email'] as const;
  readonly baseUrl = 'https://gmail.googleapis.com/gmail/v1/users/me';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    revocationUrl: 'https://oauth2.googleapis.com/revoke',
    scopes: ['https://www.googleapis.com/auth/gmail.modify'],
    clientAuthentication: 'body',
    // Without these Google gives no refresh token, or only the first time.
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  });
  override readonly headers = { accept: 'application/json' };
  /** 15 000 units in a minute for one person; reading takes 5 of them, sending 100. */
  override readonly limits = [{ amount: 2_500, windowMs: 60_000 }];
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { emailAddress, messagesTotal } = (await api.send('/profile')).json<{
      emailAddress: string;
      messagesTotal: number;
    }>();
    return `Connected as ${emailAddress}: ${messagesTotal} messages.`;
  }
}
