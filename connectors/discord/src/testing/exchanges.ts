// Written from Discord's public reference, version 10.

import { choicesCase, connectionCases, exchangeTable, type Row } from '@sluice/testing/acceptance';

const API = '/api/v10';
const see = (page: string) => `https://discord.com/developers/docs/resources/${page}`;
const [GUILD, CHANNEL, MESSAGE, USER, ROLE] = ['100000', '200000', '300000', '400000', '500000'];
const posted = { id: MESSAGE, channel_id: CHANNEL, content: 'Ahoj' };
const channel = { id: CHANNEL, type: 0, name: 'doors' };
const role = { id: ROLE, name: 'Carpenter' };
const member = { user: { id: USER, username: 'ann' }, roles: [ROLE] };
const M = '/channels/{channel_id}/messages/{message_id}';
const m = `/channels/${CHANNEL}/messages/${MESSAGE}`;
const at = { channel_id: CHANNEL, message_id: MESSAGE };
const one = (
  endpoint: string,
  page: string,
  asked: string,
  input: object,
  answer: unknown,
  more: Partial<Row> = {},
): Row => {
  const [method, path] = endpoint.split(' ') as [string, string];
  return {
    endpoint: `${method} ${API}${path}`,
    see: see(page),
    request: `${method} ${API}${asked}`,
    input,
    answer,
    ...more,
  };
};
const nothing = (
  endpoint: string,
  page: string,
  asked: string,
  input: object,
  gives: object = input,
  more: Partial<Row> = {},
): Row => one(endpoint, page, asked, input, undefined, { status: 204, gives, ...more });

export const exchanges = exchangeTable({
  service: {
    origin: 'https://discord.com',
    headers: { accept: 'application/json', 'user-agent': 'DiscordBot (Sluice, 0.1.0)' },
    applications: {
      discord: {
        settings: { credentials: { key: 'b1' }, settings: { guild: GUILD } },
        headers: { authorization: 'Bot b1' },
      },
    },
    always: [
      {
        title: 'too many requests',
        answer: {
          status: 429,
          headers: { 'retry-after': '65', 'x-ratelimit-scope': 'user' },
          json: { message: 'You are being rate limited.', retry_after: 64.57, global: false },
        },
        outcome: { kind: 'limit', after: 65, says: 'You are being rate limited' },
      },
      { title: 'in trouble', answer: { status: 502, text: 'error code: 502' }, outcome: { kind: 'redeliver' } },
      {
        title: 'not there',
        answer: { status: 404, json: { message: 'Unknown Channel', code: 10003 } },
        outcome: { kind: 'fail', code: 'discord.not_found', says: 'Unknown Channel (10003)' },
      },
      {
        title: 'not allowed',
        answer: { status: 403, json: { message: 'Missing Permissions', code: 50013 } },
        outcome: { kind: 'fail', code: 'discord.forbidden', says: 'Missing Permissions (50013)' },
      },
      {
        title: 'not as Discord wants it',
        answer: {
          status: 400,
          json: {
            message: 'Invalid Form Body',
            code: 50035,
            errors: { content: { _errors: [{ code: 'BASE_TYPE_REQUIRED' }] } },
          },
        },
        outcome: { kind: 'fail', code: 'discord.invalid', says: 'BASE_TYPE_REQUIRED' },
      },
    ],
  },
  application: [
    ...connectionCases(`GET ${API}/users/@me`, { id: '1', username: 'sluice' }, 'Connected as sluice.', {
      status: 401,
      answer: { message: '401: Unauthorized', code: 0 },
      fails: 'discord.bad_credentials: 401: Unauthorized',
    }),
    choicesCase('settings.guild', `GET ${API}/users/@me/guilds`, [{ id: GUILD, name: 'Octo' }], [[GUILD, 'Octo']]),
  ],
  connectors: {
    'send-message': one(
      'POST /channels/{channel_id}/messages',
      'message#create-message',
      `/channels/${CHANNEL}/messages`,
      { channel_id: CHANNEL, content: 'Ahoj 🚪', message_reference: { message_id: MESSAGE }, more: 1 },
      posted,
      {
        // The nonce is of the key of the call, so that a repeat has the same.
        json: {
          content: 'Ahoj 🚪',
          message_reference: { message_id: MESSAGE },
          nonce: '7R4dz5cZkMG4lnaueFQ2EG91S',
          enforce_nonce: true,
        },
        refused: [[{ channel_id: '#doors' }, '/channel_id must match pattern']],
      },
    ),
    'list-messages': {
      endpoint: `GET ${API}/channels/{channel_id}/messages`,
      see: see('message#get-channel-messages'),
      input: { channel_id: CHANNEL },
      pages: [
        [
          `GET ${API}/channels/${CHANNEL}/messages?limit=100`,
          Array.from({ length: 100 }, (_, n) => ({ ...posted, id: String(300_099 - n) })),
          '300000',
        ],
        [`GET ${API}/channels/${CHANNEL}/messages?limit=100&before=300000`, [posted]],
      ],
    },
    'get-message': one(`GET ${M}`, 'message#get-channel-message', m, at, posted),
    'update-message': one(`PATCH ${M}`, 'message#edit-message', m, { ...at, content: 'Hi' }, posted, {
      json: { content: 'Hi' },
    }),
    'delete-message': nothing(`DELETE ${M}`, 'message#delete-message', m, at),
    'add-reaction': nothing(
      `PUT ${M}/reactions/{emoji}/@me`,
      'message#create-reaction',
      `${m}/reactions/%F0%9F%91%8D/@me`,
      { ...at, emoji: '👍' },
    ),
    'create-thread': one(
      `POST ${M}/threads`,
      'channel#start-thread-from-message',
      `${m}/threads`,
      { ...at, name: 'Oak' },
      { ...channel, name: 'Oak' },
      { needs: ['channel_id', 'message_id', 'name'], json: { name: 'Oak' }, status: 201 },
    ),
    'list-channels': {
      endpoint: `GET ${API}/guilds/{guild_id}/channels`,
      see: see('guild#get-guild-channels'),
      needs: [],
      onePage: true,
      pages: [[`GET ${API}/guilds/${GUILD}/channels`, [channel]]],
    },
    'get-channel': one(
      'GET /channels/{channel_id}',
      'channel#get-channel',
      `/channels/${CHANNEL}`,
      { channel_id: CHANNEL },
      channel,
    ),
    'create-channel': one(
      'POST /guilds/{guild_id}/channels',
      'guild#create-guild-channel',
      `/guilds/${GUILD}/channels`,
      { name: 'doors', type: 0 },
      channel,
      { needs: ['name'], json: { name: 'doors', type: 0 }, status: 201 },
    ),
    'update-channel': one(
      'PATCH /channels/{channel_id}',
      'channel#modify-channel',
      `/channels/${CHANNEL}`,
      { channel_id: CHANNEL, topic: 'Oak' },
      channel,
      { json: { topic: 'Oak' } },
    ),
    'delete-channel': one(
      'DELETE /channels/{channel_id}',
      'channel#deleteclose-channel',
      `/channels/${CHANNEL}`,
      { channel_id: CHANNEL },
      channel,
    ),
    'open-direct-channel': one(
      'POST /users/@me/channels',
      'user#create-dm',
      '/users/@me/channels',
      { recipient_id: USER },
      { id: CHANNEL, type: 1 },
      { needs: ['recipient_id'], json: { recipient_id: USER } },
    ),
    'list-members': {
      endpoint: `GET ${API}/guilds/{guild_id}/members`,
      see: see('guild#list-guild-members'),
      needs: [],
      pages: [
        [
          `GET ${API}/guilds/${GUILD}/members?limit=1000`,
          Array.from({ length: 1_000 }, (_, n) => ({ ...member, user: { id: String(400_000 + n) } })),
          '400999',
        ],
        [`GET ${API}/guilds/${GUILD}/members?limit=1000&after=400999`, [member]],
      ],
    },
    'get-member': one(
      'GET /guilds/{guild_id}/members/{user_id}',
      'guild#get-guild-member',
      `/guilds/${GUILD}/members/${USER}`,
      { user_id: USER },
      member,
      { needs: ['user_id'] },
    ),
    'list-roles': {
      endpoint: `GET ${API}/guilds/{guild_id}/roles`,
      see: see('guild#get-guild-roles'),
      needs: [],
      onePage: true,
      pages: [[`GET ${API}/guilds/${GUILD}/roles`, [role]]],
    },
    'add-role': nothing(
      'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}',
      'guild#add-guild-member-role',
      `/guilds/${GUILD}/members/${USER}/roles/${ROLE}`,
      { user_id: USER, role_id: ROLE },
      { guild_id: GUILD, user_id: USER, role_id: ROLE },
      { needs: ['user_id', 'role_id'] },
    ),
    'remove-role': nothing(
      'DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}',
      'guild#remove-guild-member-role',
      `/guilds/${GUILD}/members/${USER}/roles/${ROLE}`,
      { user_id: USER, role_id: ROLE },
      { guild_id: GUILD, user_id: USER, role_id: ROLE },
      { needs: ['user_id', 'role_id'] },
    ),
  },
});
