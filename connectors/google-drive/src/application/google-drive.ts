// Google Drive, as a person or as a service account.

import { Application, type ApplicationContext, OAuth2 } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const SCOPE = 'https://www.googleapis.com/auth/drive';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';

const description = `Files and folders of a drive and of shared drives: their contents, permissions and changes.

**By OAuth**: make an OAuth client of the type *Web application* in the Google Cloud console, with the callback address that this
page shows, enable the *Google Drive API*, and fill in client id and secret. **As a service account**: use "Google Drive (service
account)" with the e-mail address and the private key of its JSON key, and share folders with that address.`;

abstract class Drive extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://workspace.google.com/products/drive/';
  override readonly categories = ['documents'] as const;
  readonly baseUrl = 'https://www.googleapis.com';
  override readonly headers = { accept: 'application/json' };
  /** Of one person in one project: 12 000 in a minute, of which a busy worker should leave some. */
  override readonly limits = [{ amount: 6_000, windowMs: 60_000 }];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { user } = (await api.send('/drive/v3/about', { query: { fields: 'user' } })).json<{
      user: { displayName: string; emailAddress: string };
    }>();
    return `Connected as ${user.displayName} (${user.emailAddress}).`;
  }
}

/** As a person. */
export class GoogleDrive extends Drive {
  readonly key = 'google-drive';
  readonly name = 'Google Drive';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: TOKEN_URL,
    revocationUrl: 'https://oauth2.googleapis.com/revoke',
    scopes: [SCOPE],
    clientAuthentication: 'body',
    // Without these Google gives no refresh token, or only the first time.
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  });
}

/** As a service account: nobody has to agree, it sees what is shared with it. */
export class GoogleDriveService extends Drive {
  readonly key = 'google-drive-service';
  readonly name = 'Google Drive (service account)';
  override readonly auth = new OAuth2({
    grant: 'jwt-bearer',
    tokenUrl: TOKEN_URL,
    clientAuthentication: 'none',
    assertion: { issuer: '{credentials.clientId}', audience: TOKEN_URL, algorithm: 'RS256', claims: { scope: SCOPE } },
  });
}
