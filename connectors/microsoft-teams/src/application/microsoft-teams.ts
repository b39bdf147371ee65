// Microsoft Teams over Microsoft Graph, as the person who agreed: Graph lets no application send messages by itself.

import { Application, type ApplicationContext, field, form, OAuth2 } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const LOGIN = 'https://login.microsoftonline.com/{settings.tenant}/oauth2/v2.0';
const SCOPES = [
  'User.Read',
  'Team.ReadBasic.All',
  'TeamMember.ReadWrite.All',
  'Channel.ReadBasic.All',
  'Channel.Create',
  'ChannelSettings.ReadWrite.All',
  'Channel.Delete.All',
  'ChannelMessage.Read.All',
  'ChannelMessage.Send',
  'Chat.ReadWrite',
];

const description = `Teams, channels, chats, their members and messages, and a notification when messages come.

Register an application in Microsoft Entra ID with the callback address that this page shows and the delegated permissions
${SCOPES.map((scope) => `*${scope}*`).join(', ')}, some of which an administrator has to consent to, and fill in its client id and a client secret.
Messages are sent in the name of the person who agrees here.`;

export class MicrosoftTeams extends Application {
  readonly key = 'microsoft-teams';
  readonly name = 'Microsoft Teams';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.microsoft.com/microsoft-teams';
  override readonly categories = ['communication'] as const;
  readonly baseUrl = 'https://graph.microsoft.com/v1.0';
  override readonly auth = new OAuth2({
    authorizationUrl: `${LOGIN}/authorize`,
    tokenUrl: `${LOGIN}/token`,
    scopes: ['offline_access', ...SCOPES.map((scope) => `https://graph.microsoft.com/${scope}`)],
    clientAuthentication: 'body',
  });
  override readonly headers = { accept: 'application/json' };
  /** Of one application in one tenant: 30 requests for teams in a second; messages of one channel: 2 in a second. */
  override readonly limits = [{ amount: 20, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('tenant', 'Tenant', {
        required: true,
        default: 'organizations',
        description: 'Id or domain of the directory; "organizations" for any.',
      }),
      field.select('team', 'Team', teams, { description: 'Used when a message names none.' }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { displayName, userPrincipalName } = (await api.send('/me')).json<{
      displayName: string;
      userPrincipalName: string;
    }>();
    return `Connected as ${displayName} (${userPrincipalName}).`;
  }
}

async function teams({ api }: ApplicationContext) {
  const { value } = (await api.send('/me/joinedTeams', { query: { $select: 'id,displayName' } })).json<{
    value: readonly { readonly id: string; readonly displayName: string }[];
  }>();
  return value.map(({ id, displayName }) => ({ value: id, label: displayName }));
}
