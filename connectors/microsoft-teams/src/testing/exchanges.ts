// What the reference of Microsoft Graph, version 1.0, says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://learn.microsoft.com/en-us/graph/api/${page}?view=graph-rest-1.0`;
const V = '/v1.0';
const TEAM = `${V}/teams/team-1`;
const CHANNEL = `${TEAM}/channels/19%3Ac%40thread.tacv2`;
const CHAT = `${V}/chats/19%3Ax%40thread.v2`;
const inChannel = { channelId: '19:c@thread.tacv2' };
const inChat = { chatId: '19:x@thread.v2' };

const named = (id: string) => ({ id, displayName: 'Orders', description: null });
const member = (id: string) => ({ id, displayName: 'Ann', roles: ['owner'], userId: 'u1' });
const message = (id: string) => ({
  id,
  createdDateTime: '2026-01-01T00:00:00Z',
  body: { contentType: 'text', content: 'Hello' },
});
const chat = (id: string) => ({ id, chatType: 'group', topic: 'Orders' });
const problem = (code: string, words: string) => ({ error: { code, message: words, innerError: {} } });
const next = (path: string, token: string) => `https://graph.microsoft.com${path}?${token}`;

/** Two pages of a list; of the address of the second only the query is kept. */
const pages = (path: string, query: string, first: object, last: object) =>
  [
    [
      `GET ${path}${query && `?${query}`}`,
      { value: [first], '@odata.nextLink': next(path, '$skiptoken=p2') },
      '%24skiptoken=p2',
    ],
    [`GET ${path}?$skiptoken=p2`, { value: [last] }],
  ] as const;

export const exchanges = exchangeTable({
  service: {
    origin: 'https://graph.microsoft.com',
    applications: {
      'microsoft-teams': {
        settings: { settings: { tenant: 'organizations', team: 'team-1' } },
        token: 'at-1',
        headers: { authorization: 'Bearer at-1' },
      },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, json: problem('NotFound', 'No team found with Group Id team-1') },
        outcome: { kind: 'fail', code: 'microsoft-teams.not_found', says: 'NotFound; No team found' },
      },
      {
        title: 'who may not',
        answer: { status: 403, json: problem('Forbidden', 'Insufficient privileges to complete the operation.') },
        outcome: { kind: 'fail', code: 'microsoft-teams.forbidden', says: 'Insufficient privileges' },
      },
      {
        title: 'a wrong value',
        answer: { status: 400, json: problem('BadRequest', 'Invalid request body') },
        outcome: { kind: 'fail', code: 'microsoft-teams.invalid', says: 'Invalid request body' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem('TooManyRequests', 'Too many requests') },
        outcome: { kind: 'limit', after: 30 },
      },
      {
        title: 'Graph in trouble',
        answer: { status: 503, json: problem('ServiceUnavailable', 'Try again') },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  itemsFrom: '/value',
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [
        { request: `GET ${V}/me`, answer: { json: { displayName: 'Ann', userPrincipalName: 'ann@acme.example' } } },
      ],
      answers: { detail: 'Connected as Ann (ann@acme.example).' },
    },
    {
      title: 'a permission that is missing',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${V}/me`,
          answer: { status: 403, json: problem('Authorization_RequestDenied', 'Insufficient privileges') },
        },
      ],
      fails: { code: 'microsoft-teams.forbidden', says: 'Authorization_RequestDenied' },
    },
    {
      title: 'teams to choose from',
      invoke: { operation: 'choices', form: 'settings', field: 'team' },
      exchanges: [
        {
          request: `GET ${V}/me/joinedTeams?$select=id,displayName`,
          answer: { json: { value: [{ id: 'team-1', displayName: 'Sales' }] } },
        },
      ],
      answers: [{ value: 'team-1', label: 'Sales' }],
    },
    {
      title: 'R17: messages of a channel are subscribed to, for less than an hour',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'channel-message.created',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's-1',
        parameters: { channel: '19:c@thread.tacv2' },
      },
      exchanges: [
        {
          request: `POST ${V}/subscriptions`,
          json: {
            changeType: 'created',
            notificationUrl: 'https://sluice.example.com/hooks/1',
            resource: '/teams/team-1/channels/19%3Ac%40thread.tacv2/messages',
            expirationDateTime: '2026-01-01T00:55:00.000Z',
            clientState: 's-1',
          },
          answer: { status: 201, json: { id: 'sub-1', expirationDateTime: '2026-01-01T00:55:00Z' } },
        },
      ],
      answers: { reference: { subscription: 'sub-1' }, expiresAt: 1_767_228_900_000 },
    },
    {
      title: 'R17: messages of a chat are subscribed to',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'chat-message.updated',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's-1',
        parameters: { chat: '19:x@thread.v2' },
      },
      exchanges: [
        {
          request: `POST ${V}/subscriptions`,
          json: {
            changeType: 'updated',
            notificationUrl: 'https://sluice.example.com/hooks/1',
            resource: '/chats/19%3Ax%40thread.v2/messages',
            expirationDateTime: '2026-01-01T00:55:00.000Z',
            clientState: 's-1',
          },
          answer: { status: 201, json: { id: 'sub-2', expirationDateTime: '2026-01-01T00:55:00Z' } },
        },
      ],
      answers: { reference: { subscription: 'sub-2' }, expiresAt: 1_767_228_900_000 },
    },
    {
      title: 'R17: a subscription is ended',
      invoke: { operation: 'webhook.unsubscribe', event: 'chat-message.created', reference: { subscription: 'sub-1' } },
      exchanges: [{ request: `DELETE ${V}/subscriptions/sub-1`, answer: { status: 204 } }],
    },
    {
      title: 'a subscription that is gone is ended as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'chat-message.created', reference: { subscription: 'sub-1' } },
      exchanges: [
        {
          request: `DELETE ${V}/subscriptions/sub-1`,
          answer: { status: 404, json: problem('ResourceNotFound', 'The object was not found.') },
        },
      ],
    },
  ],
  connectors: {
    'list-teams': {
      endpoint: `GET ${V}/me/joinedTeams`,
      see: see('user-list-joinedteams'),
      pages: pages(`${V}/me/joinedTeams`, '', named('team-1'), named('team-2')),
    },
    'get-team': {
      endpoint: `GET ${V}/teams/{teamId}`,
      see: see('team-get'),
      needs: [],
      input: { teamId: 'team-2' },
      request: `GET ${V}/teams/team-2`,
      answer: named('team-2'),
      more: [{ title: 'that of the settings', request: `GET ${TEAM}`, answer: named('team-1') }],
    },
    'list-team-members': {
      endpoint: `GET ${V}/teams/{teamId}/members`,
      see: see('team-list-members'),
      needs: [],
      pages: pages(`${TEAM}/members`, '', member('m1'), member('m2')),
    },
    'add-team-member': {
      endpoint: `POST ${V}/teams/{teamId}/members`,
      see: see('team-post-members'),
      needs: ['user@odata.bind'],
      input: { roles: ['owner'], 'user@odata.bind': "https://graph.microsoft.com/v1.0/users('u1')" },
      request: `POST ${TEAM}/members`,
      json: {
        '@odata.type': '#microsoft.graph.aadUserConversationMember',
        roles: ['owner'],
        'user@odata.bind': "https://graph.microsoft.com/v1.0/users('u1')",
      },
      status: 201,
      answer: member('m3'),
      refused: [[{ 'user@odata.bind': 'https://evil.example/u1' }, '/user@odata.bind must match pattern']],
    },
    'remove-team-member': {
      endpoint: `DELETE ${V}/teams/{teamId}/members/{membershipId}`,
      see: see('team-delete-members'),
      needs: ['membershipId'],
      input: { membershipId: 'm1' },
      request: `DELETE ${TEAM}/members/m1`,
      status: 204,
      gives: { membershipId: 'm1', deleted: true },
    },
    'list-channels': {
      endpoint: `GET ${V}/teams/{teamId}/channels`,
      see: see('channel-list'),
      needs: [],
      input: { $filter: "membershipType eq 'private'" },
      pages: pages(
        `${TEAM}/channels`,
        "$filter=membershipType+eq+'private'",
        named('19:c@thread.tacv2'),
        named('19:d@thread.tacv2'),
      ),
    },
    'get-channel': {
      endpoint: `GET ${V}/teams/{teamId}/channels/{channelId}`,
      see: see('channel-get'),
      needs: ['channelId'],
      input: inChannel,
      request: `GET ${CHANNEL}`,
      answer: named('19:c@thread.tacv2'),
    },
    'create-channel': {
      endpoint: `POST ${V}/teams/{teamId}/channels`,
      see: see('channel-post'),
      needs: ['displayName'],
      input: { displayName: 'Objednávky', membershipType: 'standard' },
      request: `POST ${TEAM}/channels`,
      json: { displayName: 'Objednávky', membershipType: 'standard' },
      status: 201,
      answer: named('19:e@thread.tacv2'),
    },
    'update-channel': {
      endpoint: `PATCH ${V}/teams/{teamId}/channels/{channelId}`,
      see: see('channel-patch'),
      needs: ['channelId'],
      input: { ...inChannel, description: 'All orders' },
      request: `PATCH ${CHANNEL}`,
      json: { description: 'All orders' },
      status: 204,
      gives: { ...inChannel, updated: true },
    },
    'delete-channel': {
      endpoint: `DELETE ${V}/teams/{teamId}/channels/{channelId}`,
      see: see('channel-delete'),
      needs: ['channelId'],
      input: inChannel,
      request: `DELETE ${CHANNEL}`,
      status: 204,
      gives: { ...inChannel, deleted: true },
    },
    'list-channel-messages': {
      endpoint: `GET ${V}/teams/{teamId}/channels/{channelId}/messages`,
      see: see('channel-list-messages'),
      needs: ['channelId'],
      input: inChannel,
      pages: pages(`${CHANNEL}/messages`, '$top=50', message('1'), message('2')),
    },
    'get-channel-message': {
      endpoint: `GET ${V}/teams/{teamId}/channels/{channelId}/messages/{messageId}`,
      see: see('chatmessage-get'),
      needs: ['channelId', 'messageId'],
      input: { ...inChannel, messageId: '1' },
      request: `GET ${CHANNEL}/messages/1`,
      answer: message('1'),
    },
    'send-channel-message': {
      endpoint: `POST ${V}/teams/{teamId}/channels/{channelId}/messages`,
      see: see('channel-post-messages'),
      needs: ['channelId', 'body'],
      input: { ...inChannel, body: { content: '<b>Kůň</b> 🐴', contentType: 'html' }, importance: 'high', more: 1 },
      request: `POST ${CHANNEL}/messages`,
      json: { body: { content: '<b>Kůň</b> 🐴', contentType: 'html' }, importance: 'high' },
      status: 201,
      answer: message('3'),
      refused: [[{ ...inChannel, body: {} }, "/body must have required property 'content'"]],
    },
    'list-replies': {
      endpoint: `GET ${V}/teams/{teamId}/channels/{channelId}/messages/{messageId}/replies`,
      see: see('chatmessage-list-replies'),
      needs: ['channelId', 'messageId'],
      input: { ...inChannel, messageId: '1' },
      pages: pages(`${CHANNEL}/messages/1/replies`, '$top=50', message('11'), message('12')),
    },
    'reply-message': {
      endpoint: `POST ${V}/teams/{teamId}/channels/{channelId}/messages/{messageId}/replies`,
      see: see('chatmessage-post-replies'),
      needs: ['channelId', 'messageId', 'body'],
      input: { ...inChannel, messageId: '1', body: { content: 'Done' } },
      request: `POST ${CHANNEL}/messages/1/replies`,
      json: { body: { content: 'Done' } },
      status: 201,
      answer: message('13'),
    },
    'list-chats': {
      endpoint: `GET ${V}/me/chats`,
      see: see('chat-list'),
      input: { $expand: 'members' },
      pages: pages(`${V}/me/chats`, '$top=50&$expand=members', chat('19:x@thread.v2'), chat('19:y@thread.v2')),
    },
    'get-chat': {
      endpoint: `GET ${V}/chats/{chatId}`,
      see: see('chat-get'),
      input: inChat,
      request: `GET ${CHAT}`,
      answer: chat('19:x@thread.v2'),
    },
    'create-chat': {
      endpoint: `POST ${V}/chats`,
      see: see('chat-post'),
      needs: ['chatType', 'members'],
      input: { chatType: 'group', topic: 'Orders', members: [{ roles: ['owner'] }, { roles: ['owner'] }] },
      json: { chatType: 'group', topic: 'Orders', members: [{ roles: ['owner'] }, { roles: ['owner'] }] },
      status: 201,
      answer: chat('19:z@thread.v2'),
      refused: [[{ chatType: 'group', members: [{}] }, '/members must NOT have fewer']],
    },
    'list-chat-messages': {
      endpoint: `GET ${V}/chats/{chatId}/messages`,
      see: see('chat-list-messages'),
      input: {
        ...inChat,
        $filter: 'lastModifiedDateTime gt 2026-01-01T00:00:00Z',
        $orderby: 'lastModifiedDateTime desc',
      },
      needs: ['chatId'],
      pages: pages(
        `${CHAT}/messages`,
        '$top=50&$filter=lastModifiedDateTime+gt+2026-01-01T00:00:00Z&$orderby=lastModifiedDateTime+desc',
        message('1'),
        message('2'),
      ),
    },
    'send-chat-message': {
      endpoint: `POST ${V}/chats/{chatId}/messages`,
      see: see('chat-post-messages'),
      needs: ['chatId', 'body'],
      input: { ...inChat, body: { content: 'Hello' } },
      request: `POST ${CHAT}/messages`,
      json: { body: { content: 'Hello' } },
      status: 201,
      answer: message('3'),
    },
    'list-chat-members': {
      endpoint: `GET ${V}/chats/{chatId}/members`,
      see: see('chat-list-members'),
      input: inChat,
      pages: pages(`${CHAT}/members`, '', member('m1'), member('m2')),
    },
  },
});
