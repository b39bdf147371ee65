// The connectors: one method of the Bot API each. Members are called as Telegram calls them.

import { type Common, type Endpoint, type EndpointTable, type JsonSchema, paging, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, number, object, record, text } = schema;

type Members = NonNullable<Endpoint['body']>;

const chat_id: JsonSchema = {
  type: ['string', 'integer'],
  description: 'Id of the chat, or @name of a channel; default: that of the settings',
};
const message_id = { message_id: integer('Number of the message in its chat') };
const user_id = { user_id: integer('Id of the person') };
const posted = record({ message_id: integer(), chat: map() });
const parse_mode = {
  parse_mode: choice(['HTML', 'MarkdownV2', 'Markdown'], 'How the text is written; default: plain'),
};
const caption = { caption: text('Text below it', { maxLength: 1_024 }), ...parse_mode };
const file = (what: string) => text(`${what}: address, or file_id of one that Telegram has`, { minLength: 1 });
const how = {
  message_thread_id: integer('Topic of a forum'),
  disable_notification: flag('Whether it makes no sound'),
  protect_content: flag('Whether it cannot be forwarded'),
  reply_parameters: object({ message_id: integer() }, ['message_id'], { description: 'Message that it answers' }),
  reply_markup: map('Buttons, as Telegram writes them'),
};

/** In a chat, which the settings may name. */
const inChat = (
  method: string,
  description: string,
  members: Members,
  needs: readonly string[],
  output: JsonSchema,
): Endpoint => ({
  request: `POST /${method}`,
  description,
  body: { chat_id, ...members },
  needs: ['chat_id', ...needs],
  fallback: { chat_id: 'settings.chat' },
  output,
});
const truth = schema.flag();

export const common: Common = { from: '/result' };

export const table: EndpointTable = {
  'send-message': inChat(
    'sendMessage',
    'Send a message',
    {
      text: text('Text', { minLength: 1, maxLength: 4_096 }),
      ...parse_mode,
      link_preview_options: map('Preview of links, as Telegram writes it'),
      ...how,
    },
    ['text'],
    posted,
  ),
  'send-photo': inChat(
    'sendPhoto',
    'Send a picture',
    { photo: file('Picture'), ...caption, ...how },
    ['photo'],
    posted,
  ),
  'send-document': inChat(
    'sendDocument',
    'Send a file',
    { document: file('File'), ...caption, ...how },
    ['document'],
    posted,
  ),
  'send-location': inChat(
    'sendLocation',
    'Send a place',
    { latitude: number('Latitude'), longitude: number('Longitude'), ...how },
    ['latitude', 'longitude'],
    posted,
  ),
  'send-poll': inChat(
    'sendPoll',
    'Ask a question with answers to choose from',
    {
      question: text('Question', { minLength: 1, maxLength: 300 }),
      options: list(object({ text: text() }, ['text']), 'Answers: `[{"text": "Yes"}]`', { minItems: 2 }),
      is_anonymous: flag('Whether nobody sees who chose what'),
      allows_multiple_answers: flag('Whether several can be chosen'),
      ...how,
    },
    ['question', 'options'],
    posted,
  ),
  'forward-message': inChat(
    'forwardMessage',
    'Forward a message',
    {
      from_chat_id: { ...chat_id, description: 'Chat that it is in' },
      ...message_id,
      disable_notification: how.disable_notification,
    },
    ['from_chat_id', 'message_id'],
    posted,
  ),
  'copy-message': inChat(
    'copyMessage',
    'Send a message again, without saying where it is from',
    { from_chat_id: { ...chat_id, description: 'Chat that it is in' }, ...message_id, ...caption },
    ['from_chat_id', 'message_id'],
    record({ message_id: integer() }),
  ),
  'update-message': inChat(
    'editMessageText',
    'Change a message of the bot',
    {
      ...message_id,
      text: text('Text', { minLength: 1, maxLength: 4_096 }),
      ...parse_mode,
      reply_markup: how.reply_markup,
    },
    ['message_id', 'text'],
    posted,
  ),
  'delete-message': inChat('deleteMessage', 'Delete a message', message_id, ['message_id'], truth),
  'set-reaction': inChat(
    'setMessageReaction',
    'React to a message',
    { ...message_id, reaction: list(map(), 'Reactions: `[{"type": "emoji", "emoji": "👍"}]`; none takes them away') },
    ['message_id'],
    truth,
  ),
  'pin-message': inChat(
    'pinChatMessage',
    'Pin a message',
    { ...message_id, disable_notification: how.disable_notification },
    ['message_id'],
    truth,
  ),
  'answer-callback': {
    request: 'POST /answerCallbackQuery',
    description: 'Answer somebody who pressed a button',
    body: {
      callback_query_id: text('Id of the query', { minLength: 1 }),
      text: text('What they see', { maxLength: 200 }),
      show_alert: flag('Whether they must close it'),
      url: text('Address that is opened'),
    },
    needs: ['callback_query_id'],
    output: truth,
  },
  'get-chat': inChat('getChat', 'Read a chat', {}, [], record({ id: integer(), type: text() })),
  'count-members': inChat('getChatMemberCount', 'How many members a chat has', {}, [], integer()),
  'get-member': inChat(
    'getChatMember',
    'Read a member of a chat',
    user_id,
    ['user_id'],
    record({ status: text(), user: map() }),
  ),
  'list-admins': {
    ...inChat(
      'getChatAdministrators',
      'Administrators of a chat, one message each',
      {},
      [],
      record({ status: text(), user: map() }),
    ),
    paging: paging.all(),
  },
  'ban-member': inChat(
    'banChatMember',
    'Ban somebody from a chat',
    {
      ...user_id,
      until_date: integer('Until when, in seconds since 1970; default: for ever'),
      revoke_messages: flag('Whether their messages go'),
    },
    ['user_id'],
    truth,
  ),
  'unban-member': inChat(
    'unbanChatMember',
    'Let somebody into a chat again',
    { ...user_id, only_if_banned: flag('Whether a member stays one') },
    ['user_id'],
    truth,
  ),
  'get-file': {
    request: 'POST /getFile',
    description: 'Where a file can be taken from, for an hour',
    body: { file_id: text('file_id', { minLength: 1 }) },
    needs: ['file_id'],
    output: record({ file_id: text() }),
  },
};
