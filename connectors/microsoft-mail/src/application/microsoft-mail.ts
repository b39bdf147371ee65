// Mail over Microsoft Graph: of the person who agreed, or of a mailbox that the tenant lets the application into.

import {
  Application,
  type ApplicationContext,
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
import { webhooksOf } from './webhooks.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const LOGIN = 'https://login.microsoftonline.com/{settings.tenant}/oauth2/v2.0';

const description = `Messages, drafts, replies and folders of a mailbox, and a notification when messages come or change.

Register an application in Microsoft Entra ID and fill in its client id and a client secret. **As a person**: add the callback address
that this page shows, and the delegated permissions *Mail.ReadWrite* and *Mail.Send*. **Without a person**: use "Microsoft 365 mail
(application)", with the application permissions of the same names and the consent of an administrator; who administers Exchange
should keep it to the mailboxes it needs.`;

const folder = field.select('folder', 'Folder', folders, {
  description: 'Whose messages are listed when a message names none; default: the inbox.',
});

abstract class Mailbox extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.microsoft.com/microsoft-365/outlook';
  override readonly categories = ['communication', 'productivity'];
  override readonly keywords = ['outlook', 'e-mail', 'office 365', 'microsoft 365', 'graph'];
  override readonly version = packageVersion(import.meta.url);
  override readonly headers = {
    accept: 'application/json',
    // Ids that stay when a message is moved.
    prefer: 'IdType="ImmutableId"',
  };
  /** Of one application in one mailbox. */
  override readonly limits = [{ amount: 10_000, windowMs: 600_000 }];
  /** A mailbox that is full does not get empty by asking again. */
  override readonly rules = { '507': 'fail' } as const;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const inbox = (await api.send('/mailFolders/inbox')).json<{ totalItemCount: number; unreadItemCount: number }>();
    return `Connected: the inbox has ${inbox.totalItemCount} messages, ${inbox.unreadItemCount} of them unread.`;
  }

  /** Paths are of the mailbox; subscriptions alone are of Graph itself. */
  override async request(
    at: string,
    options: RequestOptions = {},
    install: Install | null = null,
  ): Promise<HttpRequest> {
    const request = await super.request(at, options, install);
    return at.startsWith('/subscriptions') ? { ...request, url: GRAPH + at } : request;
  }
}

/** As the person who agreed. */
export class MicrosoftMail extends Mailbox {
  readonly key = 'microsoft-mail';
  readonly name = 'Microsoft 365 mail';
  readonly baseUrl = `${GRAPH}/me`;
  override readonly auth = new OAuth2({
    authorizationUrl: `${LOGIN}/authorize`,
    tokenUrl: `${LOGIN}/token`,
    scopes: ['offline_access', 'https://graph.microsoft.com/Mail.ReadWrite', 'https://graph.microsoft.com/Mail.Send'],
    clientAuthentication: 'body',
  });
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('tenant', 'Tenant', {
        required: true,
        default: 'common',
        description: 'Id or domain of the directory; "common" for any, "organizations" for any but private accounts.',
      }),
      folder,
    ]),
  ];
  override readonly webhooks = webhooksOf(async () => 'me');
}

/** As the application itself. */
export class MicrosoftMailApplication extends Mailbox {
  readonly key = 'microsoft-mail-application';
  readonly name = 'Microsoft 365 mail (application)';
  readonly baseUrl = `${GRAPH}/users/{settings.mailbox}`;
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
      field.text('mailbox', 'Mailbox', {
        required: true,
        placeholder: 'orders@acme.example',
        description: 'Address or id of the user whose mailbox it is.',
      }),
      folder,
    ]),
  ];
  override readonly webhooks = webhooksOf(
    async (context) => `users/${(await context.install()).text('settings', 'mailbox')}`,
  );
}

/** The first hundred: a select is no place for more. */
async function folders({ api }: ApplicationContext) {
  const response = await api.send('/mailFolders', { query: { $top: 100, $select: 'id,displayName' } });
  return response
    .json<{ value: { id: string; displayName: string }[] }>()
    .value.map(({ id, displayName }) => ({ value: id, label: displayName }));
}
