// Discord, as a bot.

import { ApiKeyAuth, Application, type ApplicationContext, faults, field, form } from '@sluice/sdk';
import { logo } from './logo.ts';

const description = `Messages, reactions, threads, channels, members and roles of a Discord server.

Make an application at https://discord.com/developers/applications: its page *Bot* shows the token. Invite the bot to the server with the rights that it needs,
by an address that *OAuth2, URL Generator* makes.`;

export class Discord extends Application {
  readonly key = 'discord';
  readonly name = 'Discord';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://discord.com';
  override readonly categories = ['communication'] as const;
  readonly baseUrl = 'https://discord.com/api/v10';
  override readonly auth = new ApiKeyAuth({
    in: 'header',
    name: 'authorization',
    prefix: 'Bot ',
    label: 'Token of the bot',
  });
  /** Discord wants to know what kind of client it is, and refuses those that do not say. */
  override readonly headers = { accept: 'application/json', 'user-agent': 'DiscordBot (Sluice, 0.1.0)' };
  /** Of one bot; each channel has a limit of its own, which its answers say. */
  override readonly limits = [{ amount: 50, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('guild', 'Server', guilds, { description: 'Used when a message names none.' }),
    ]),
  ];
  override readonly read = faults<{ code?: number; message?: string; errors?: object }>('discord', {
    says: ({ message, code, errors }) => [`${message} (${code})`, errors && JSON.stringify(errors)],
    pauseMs: 5_000,
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { username } = (await api.send('/users/@me')).json<{ username: string }>();
    return `Connected as ${username}.`;
  }
}

async function guilds({ api }: ApplicationContext) {
  const found = (await api.send('/users/@me/guilds')).json<{ id: string; name: string }[]>();
  return found.map(({ id, name }) => ({ value: id, label: name }));
}
