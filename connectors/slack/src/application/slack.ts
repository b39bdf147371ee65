// Slack's Web API, as an app in one workspace. It has no versions.

import {
  Application,
  type ApplicationContext,
  type Auth,
  BearerAuth,
  field,
  form,
  OAuth2,
  packageVersion,
} from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Messages, reactions, channels and people of a Slack workspace, and a webhook for its events.

**By OAuth**: make an app at https://api.slack.com/apps, add the redirect address that this page shows, and fill in its client id and
secret. **By token**: install the app into your workspace yourself, and use "Slack (token)" with its bot token, \`xoxb-…\`.`;

/** By the OAuth of a Slack app, as its bot. */
export class Slack extends Application {
  readonly key: string = 'slack';
  readonly name: string = 'Slack';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://slack.com';
  override readonly categories = ['communication'];
  override readonly keywords = ['chat', 'messages', 'channels', 'team'];
  override readonly version = packageVersion(import.meta.url);
  readonly baseUrl = 'https://slack.com/api';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    scopes: [
      'chat:write',
      'channels:read',
      'channels:history',
      'channels:manage',
      'groups:read',
      'groups:history',
      'reactions:write',
      'users:read',
      'users:read.email',
    ],
    scopeSeparator: ',',
    pkce: false,
    clientAuthentication: 'body',
  });
  /** Slack counts by method and workspace; most methods take 50 a minute, those that list fewer and say so. */
  override readonly limits = [{ amount: 50, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('channel', 'Channel', channels, { description: 'Used when a message names none.' }),
      field.password('signingSecret', 'Signing secret', {
        description: 'Of the app, under Basic Information. Only for events.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const answer = await api.send('/auth.test', { method: 'POST' });
    const { team, user } = answer.json<{ team: string; user: string }>();
    return `Connected to ${team} as ${user}.`;
  }
}

/** By the bot token of an app that was installed by hand. */
export class SlackToken extends Slack {
  override readonly key = 'slack-token';
  override readonly name = 'Slack (token)';
  override readonly auth = new BearerAuth(undefined, 'Bot token');
}

interface Channel {
  readonly id: string;
  readonly name: string;
}

/** The first thousand: a select is no place for more. */
async function channels({ api }: ApplicationContext) {
  const query = { exclude_archived: true, limit: 1_000, types: 'public_channel,private_channel' };
  const { channels: found } = (await api.send('/conversations.list', { query })).json<{ channels: Channel[] }>();
  return found.map(({ id, name }) => ({ value: id, label: `#${name}` }));
}
