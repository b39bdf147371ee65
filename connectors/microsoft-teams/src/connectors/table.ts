// The endpoints of Teams in Microsoft Graph, version 1.0. Lists go on by the query of `@odata.nextLink`.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, orNull, record, text } = schema;

export const common: Common = { list: { from: '/value', paging: paging.address({ from: '/@odata.nextLink' }) } };

const fallback = { teamId: 'settings.team' } as const;
const teamId = { teamId: text('Id of the team; default: that of the settings', { minLength: 1 }) };
const channelId = { channelId: text('Id of the channel', { minLength: 1 }) };
const chatId = { chatId: text('Id of the chat', { minLength: 1 }) };
const messageId = { messageId: text('Id of the message', { minLength: 1 }) };
const channel = record({ id: text(), displayName: text() });
const message = record({ id: text(), createdDateTime: text(), body: map() });
const member = record({ id: text(), displayName: orNull(text()), roles: list(text()) });
const written = {
  body: object({ content: text(), contentType: choice(['text', 'html']) }, ['content'], {
    description: 'Text: content, contentType (text or html; default: text)',
  }),
  subject: text('Subject'),
  importance: choice(['normal', 'high', 'urgent'], 'How important it is'),
  mentions: list(map(), 'Who is named in it'),
  attachments: list(map(), 'Cards and references to files'),
};
const ofMessages = { always: { query: { $top: 50 } } };
const newest = {
  query: {
    $filter: text('Only those, as lastModifiedDateTime gt 2026-01-31T00:00:00Z'),
    $orderby: text('Order; lastModifiedDateTime desc goes with the filter'),
  },
};
const memberFields = {
  roles: list(choice(['owner', 'guest']), 'owner, or none for a member'),
  'user@odata.bind': text("Who, as https://graph.microsoft.com/v1.0/users('ID')", {
    pattern: '^https://graph\\.microsoft\\.com/v1\\.0/users\\(',
  }),
};
const asMember = { always: { body: { '@odata.type': '#microsoft.graph.aadUserConversationMember' } } };

export const table: EndpointTable = {
  'list-teams': {
    request: 'GET /me/joinedTeams',
    description: 'Teams of who is connected, one message each',
    output: channel,
  },
  'get-team': { request: 'GET /teams/{teamId}', description: 'Read a team', path: teamId, fallback, output: channel },
  'list-team-members': {
    request: 'GET /teams/{teamId}/members',
    description: 'Members of a team, one message each',
    path: teamId,
    fallback,
    output: member,
  },
  'add-team-member': {
    request: 'POST /teams/{teamId}/members',
    description: 'Take somebody into a team',
    path: teamId,
    body: memberFields,
    needs: ['user@odata.bind'],
    ...asMember,
    fallback,
    output: member,
  },
  'remove-team-member': {
    request: 'DELETE /teams/{teamId}/members/{membershipId}',
    description: 'Take somebody out of a team',
    path: { ...teamId, membershipId: text('Id of the membership, from list-team-members', { minLength: 1 }) },
    fallback,
    output: record({ membershipId: text(), deleted: flag() }),
    gives: ({ membershipId }) => ({ membershipId, deleted: true }),
  },
  ...resource({
    one: 'channel',
    path: '/teams/{teamId}/channels',
    item: '/teams/{teamId}/channels/{channelId}',
    at: { ...teamId, ...channelId },
    filters: { $filter: text("Only those, as membershipType eq 'private'") },
    fields: { displayName: text('Name', { minLength: 1, maxLength: 50 }), description: text('Description') },
    needs: ['displayName'],
    output: channel,
    but: {
      list: { fallback },
      get: { fallback },
      create: {
        fallback,
        body: {
          displayName: text('Name', { minLength: 1, maxLength: 50 }),
          description: text('Description'),
          membershipType: choice(['standard', 'private', 'shared'], 'For whom; default: standard'),
        },
      },
      // Graph answers 204.
      update: {
        fallback,
        output: record({ channelId: text(), updated: flag() }),
        gives: (input) => ({ channelId: input.channelId, updated: true }),
      },
      delete: { fallback },
    },
  }),
  'list-channel-messages': {
    request: 'GET /teams/{teamId}/channels/{channelId}/messages',
    description: 'Messages of a channel without the answers to them, one message each',
    path: { ...teamId, ...channelId },
    ...ofMessages,
    fallback,
    output: message,
  },
  'get-channel-message': {
    request: 'GET /teams/{teamId}/channels/{channelId}/messages/{messageId}',
    description: 'A message of a channel',
    path: { ...teamId, ...channelId, ...messageId },
    fallback,
    output: message,
  },
  'send-channel-message': {
    request: 'POST /teams/{teamId}/channels/{channelId}/messages',
    description: 'Write into a channel',
    path: { ...teamId, ...channelId },
    body: written,
    needs: ['body'],
    fallback,
    output: message,
  },
  'list-replies': {
    request: 'GET /teams/{teamId}/channels/{channelId}/messages/{messageId}/replies',
    description: 'Answers to a message of a channel, one message each',
    path: { ...teamId, ...channelId, ...messageId },
    ...ofMessages,
    fallback,
    output: message,
  },
  'reply-message': {
    request: 'POST /teams/{teamId}/channels/{channelId}/messages/{messageId}/replies',
    description: 'Answer a message of a channel',
    path: { ...teamId, ...channelId, ...messageId },
    body: written,
    needs: ['body'],
    fallback,
    output: message,
  },
  'list-chats': {
    request: 'GET /me/chats',
    description: 'Chats of who is connected, one message each',
    query: {
      $filter: text("Only those, as chatType eq 'group'"),
      $expand: choice(['members', 'lastMessagePreview'], 'What is given beside'),
    },
    ...ofMessages,
    output: record({ id: text(), chatType: text() }),
  },
  'get-chat': {
    request: 'GET /chats/{chatId}',
    description: 'Read a chat',
    path: chatId,
    output: record({ id: text(), chatType: text() }),
  },
  'create-chat': {
    request: 'POST /chats',
    description: 'Make a chat; one between two people that is there already is given again',
    body: {
      chatType: choice(['oneOnOne', 'group'], 'Kind'),
      topic: text('Title of a group'),
      members: list(map(), 'Who, oneself as well: @odata.type, roles, user@odata.bind', { minItems: 2 }),
    },
    needs: ['chatType', 'members'],
    output: record({ id: text(), chatType: text() }),
  },
  'list-chat-messages': {
    request: 'GET /chats/{chatId}/messages',
    description: 'Messages of a chat, the newest first, one message each',
    path: chatId,
    ...newest,
    ...ofMessages,
    output: message,
  },
  'send-chat-message': {
    request: 'POST /chats/{chatId}/messages',
    description: 'Write into a chat',
    path: chatId,
    body: written,
    needs: ['body'],
    output: message,
  },
  'list-chat-members': {
    request: 'GET /chats/{chatId}/members',
    description: 'Who takes part in a chat, one message each',
    path: chatId,
    output: member,
  },
};
