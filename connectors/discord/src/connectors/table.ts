// The connectors: messages and what is on them, channels, members and roles.

import { createHash } from 'node:crypto';
import { type Common, type Context, type Endpoint, type EndpointTable, paging, schema } from '@sluice/sdk';

const { flag, integer, list, map, object, record, text } = schema;

const id = (of: string) => text(`Id of the ${of}`, { pattern: '^\\d{5,20}$' });
const channel = { channel_id: id('channel') };
const message = { ...channel, message_id: id('message') };
const guild = { guild_id: id('server; default: that of the settings') };
const member = { ...guild, user_id: id('person') };
const role = { ...member, role_id: id('role') };
const ofSettings = { guild_id: 'settings.guild' } as const;
const posted = record({ id: text(), channel_id: text(), content: text() });
const named = record({ id: text(), name: text() });
const M = '/channels/{channel_id}/messages/{message_id}';

const content = {
  content: text('Text', { maxLength: 2_000 }),
  embeds: list(map(), 'Embeds, as Discord writes them', { maxItems: 10 }),
  components: list(map(), 'Buttons and menus, as Discord writes them'),
  allowed_mentions: map('Who is told of a mention: `{"parse": []}` for nobody'),
};

/** Discord takes a repeat with the same nonce for the same message, for some minutes. */
const once = (input: Readonly<Record<string, unknown>>, { idempotencyKey }: Context) => ({
  ...input,
  nonce: createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 25),
  enforce_nonce: true,
});

/** What Discord answers with nothing; the place is given on. */
const silent = (request: Endpoint['request'], description: string, path: NonNullable<Endpoint['path']>): Endpoint => {
  const names = Object.keys(path);
  return {
    request,
    description,
    path,
    output: record(Object.fromEntries(names.map((name) => [name, text()]))),
    gives: (input) => Object.fromEntries(names.map((name) => [name, input[name]])),
  };
};

const channelFields = {
  name: text('Name', { minLength: 1, maxLength: 100 }),
  topic: text('Topic', { maxLength: 1_024 }),
  parent_id: id('category it is in'),
  position: integer('Place among the channels'),
  nsfw: flag('Whether it is for adults'),
  rate_limit_per_user: integer('Seconds between two messages of a person', { minimum: 0, maximum: 21_600 }),
};

export const common: Common = {};

export const table: EndpointTable = {
  'send-message': {
    request: 'POST /channels/{channel_id}/messages',
    description: 'Send a message to a channel or thread',
    path: channel,
    body: {
      ...content,
      message_reference: object({ message_id: text() }, ['message_id'], { description: 'Message that it answers' }),
      tts: flag('Whether it is read aloud'),
      nonce: text('Set by Sluice, so that a repeat is no second message'),
      enforce_nonce: flag('Set by Sluice'),
    },
    complete: once,
    output: posted,
  },
  'list-messages': {
    request: 'GET /channels/{channel_id}/messages',
    description: 'Messages of a channel or thread, one message each, the newest first',
    path: channel,
    paging: paging.after({ param: 'before', size: { limit: 100 } }),
    output: posted,
  },
  'get-message': { request: `GET ${M}`, description: 'Read a message', path: message, output: posted },
  'update-message': {
    request: `PATCH ${M}`,
    description: 'Change a message of the bot; what is not given stays',
    path: message,
    body: content,
    output: posted,
  },
  'delete-message': silent(`DELETE ${M}`, 'Delete a message', message),
  'add-reaction': silent(`PUT ${M}/reactions/{emoji}/@me`, 'Put an emoji on a message; one that is there stays', {
    ...message,
    emoji: text('Emoji: 👍, or name:id of one of the server', { minLength: 1 }),
  }),
  'create-thread': {
    request: `POST ${M}/threads`,
    description: 'Begin a thread at a message',
    path: message,
    body: {
      name: text('Name', { minLength: 1, maxLength: 100 }),
      auto_archive_duration: integer('Minutes without a message after which it is archived: 60, 1440, 4320 or 10080'),
    },
    needs: ['name'],
    output: named,
  },
  'list-channels': {
    request: 'GET /guilds/{guild_id}/channels',
    description: 'Channels of a server, one message each',
    path: guild,
    fallback: ofSettings,
    paging: paging.all(),
    output: named,
  },
  'get-channel': {
    request: 'GET /channels/{channel_id}',
    description: 'Read a channel or thread',
    path: channel,
    output: record({ id: text(), type: integer() }),
  },
  'create-channel': {
    request: 'POST /guilds/{guild_id}/channels',
    description: 'Make a channel on a server',
    path: guild,
    body: { ...channelFields, type: integer('0 text, 2 voice, 4 category, 5 announcements, 15 forum') },
    needs: ['name'],
    fallback: ofSettings,
    output: named,
  },
  'update-channel': {
    request: 'PATCH /channels/{channel_id}',
    description: 'Change a channel or thread; what is not given stays',
    path: channel,
    body: {
      ...channelFields,
      archived: flag('Whether it is archived; of a thread only'),
      locked: flag('Whether it is locked; of a thread only'),
    },
    output: named,
  },
  'delete-channel': {
    request: 'DELETE /channels/{channel_id}',
    description: 'Delete a channel or thread',
    path: channel,
    output: record({ id: text() }),
  },
  'open-direct-channel': {
    request: 'POST /users/@me/channels',
    description: 'Open the channel of the bot and one person',
    body: { recipient_id: id('person') },
    needs: ['recipient_id'],
    output: record({ id: text(), type: integer() }),
  },
  'list-members': {
    request: 'GET /guilds/{guild_id}/members',
    description: 'Members of a server, one message each; the bot needs the intent for it',
    path: guild,
    fallback: ofSettings,
    paging: paging.after({ param: 'after', member: '/user/id', size: { limit: 1_000 } }),
    output: record({ user: map(), roles: list(text()) }),
  },
  'get-member': {
    request: 'GET /guilds/{guild_id}/members/{user_id}',
    description: 'Read a member',
    path: member,
    fallback: ofSettings,
    output: record({ user: map(), roles: list(text()) }),
  },
  'list-roles': {
    request: 'GET /guilds/{guild_id}/roles',
    description: 'Roles of a server, one message each',
    path: guild,
    fallback: ofSettings,
    paging: paging.all(),
    output: named,
  },
  'add-role': {
    ...silent('PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}', 'Give a member a role', role),
    fallback: ofSettings,
  },
  'remove-role': {
    ...silent('DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}', 'Take a role from a member', role),
    fallback: ofSettings,
  },
};
