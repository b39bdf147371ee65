// Written from the public reference of Telegram's Bot API.

import { connectionCases, exchangeTable, type Row, subscribeCase, subscriptionsCase } from '@sluice/testing/acceptance';

const TOKEN = '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const CHAT = '-1001234567890';
const posted = { message_id: 7, chat: { id: -1001234567890, type: 'supergroup' }, date: 1767225600 };
const member = { status: 'administrator', user: { id: 1, is_bot: false, first_name: 'Žofie' } };
const url = 'https://sluice.example.com/hooks/1';

/** A method in the chat of the settings. */
const one = (
  method: string,
  input: object,
  result: unknown,
  needs: readonly string[],
  more: Partial<Row> = {},
): Row => ({
  endpoint: `POST /${method}`,
  see: `https://core.telegram.org/bots/api#${method.toLowerCase()}`,
  needs,
  input,
  json: { ...input, chat_id: CHAT },
  answer: { ok: true, result },
  from: '/result',
  ...more,
});

export const exchanges = exchangeTable({
  service: {
    origin: `https://api.telegram.org/bot${TOKEN}`,
    headers: { accept: 'application/json' },
    applications: {
      'telegram-bot': { settings: { credentials: { token: TOKEN }, settings: { chat: CHAT } }, headers: {} },
    },
    always: [
      {
        title: 'too many requests, with the time in the body',
        answer: {
          status: 429,
          json: {
            ok: false,
            error_code: 429,
            description: 'Too Many Requests: retry after 14',
            parameters: { retry_after: 14 },
          },
        },
        outcome: { kind: 'limit', after: 14, says: 'retry after 14' },
      },
      { title: 'in trouble', answer: { status: 502, text: '<html></html>' }, outcome: { kind: 'redeliver' } },
      {
        title: 'a chat that is none',
        answer: { status: 400, json: { ok: false, error_code: 400, description: 'Bad Request: chat not found' } },
        outcome: { kind: 'fail', code: 'telegram-bot.invalid', says: 'chat not found' },
      },
      {
        title: 'a group that became a supergroup',
        answer: {
          status: 400,
          json: {
            ok: false,
            error_code: 400,
            description: 'Bad Request: group chat was upgraded',
            parameters: { migrate_to_chat_id: -100777 },
          },
        },
        outcome: { kind: 'fail', code: 'telegram-bot.invalid', says: 'the group has a new id: -100777' },
      },
      {
        title: 'a bot that was thrown out, whose token nobody sees',
        answer: { status: 403, json: { ok: false, error_code: 403, description: 'Forbidden: bot was kicked' } },
        outcome: { kind: 'fail', code: 'telegram-bot.forbidden', says: '/bot123456:***/' },
      },
    ],
  },
  application: [
    ...connectionCases(
      'GET /getMe',
      { ok: true, result: { id: 123456, username: 'doors_bot' } },
      'Connected as @doors_bot.',
      {
        status: 401,
        answer: { ok: false, error_code: 401, description: 'Unauthorized' },
        fails: 'telegram-bot.bad_credentials: Unauthorized',
      },
    ),
    subscribeCase(
      'update',
      { allowed_updates: 'message, callback_query' },
      {
        request: 'POST /setWebhook',
        json: { url, secret_token: 'whsec', allowed_updates: ['message', 'callback_query'] },
      },
      { ok: true, result: true },
      { reference: { url } },
    ),
    {
      title: 'R17: it ends, where the bot is still told here',
      invoke: { operation: 'webhook.unsubscribe', event: 'update', reference: { url } },
      exchanges: [
        { request: 'GET /getWebhookInfo', answer: { json: { ok: true, result: { url } } } },
        { request: 'POST /deleteWebhook', answer: { json: { ok: true, result: true } } },
      ],
    },
    {
      title: 'R17: a bot that is told elsewhere is left alone',
      invoke: { operation: 'webhook.unsubscribe', event: 'update', reference: { url } },
      exchanges: [
        {
          request: 'GET /getWebhookInfo',
          answer: { json: { ok: true, result: { url: 'https://other.example.com' } } },
        },
      ],
    },
    subscriptionsCase('update', 'GET /getWebhookInfo', { ok: true, result: { url } }, [{ reference: { url }, url }]),
  ],
  connectors: {
    'send-message': one('sendMessage', { text: '<b>Ahoj</b> 🚪', parse_mode: 'HTML' }, posted, ['text'], {
      more: [
        {
          title: 'to another chat',
          input: { chat_id: 42, text: 'Ahoj', more: 1 },
          json: { chat_id: 42, text: 'Ahoj' },
          answer: { ok: true, result: posted },
        },
      ],
      refused: [
        [{ text: '' }, '/text must NOT have fewer'],
        [{ text: 'x', parse_mode: 'BBCode' }, '/parse_mode must be equal to one of'],
      ],
    }),
    'send-photo': one('sendPhoto', { photo: 'https://a.example.com/1.png', caption: 'Oak' }, posted, ['photo']),
    'send-document': one('sendDocument', { document: 'BQAC' }, posted, ['document']),
    'send-location': one('sendLocation', { latitude: 50.1, longitude: 14.4 }, posted, ['latitude', 'longitude']),
    'send-poll': one('sendPoll', { question: 'Oak?', options: [{ text: 'Yes' }, { text: 'No' }] }, posted, [
      'question',
      'options',
    ]),
    'forward-message': one('forwardMessage', { from_chat_id: '@doors', message_id: 5 }, posted, [
      'from_chat_id',
      'message_id',
    ]),
    'copy-message': one('copyMessage', { from_chat_id: '@doors', message_id: 5 }, { message_id: 8 }, [
      'from_chat_id',
      'message_id',
    ]),
    'update-message': one('editMessageText', { message_id: 7, text: 'Hi' }, posted, ['message_id', 'text']),
    'delete-message': one('deleteMessage', { message_id: 7 }, true, ['message_id']),
    'set-reaction': one('setMessageReaction', { message_id: 7, reaction: [{ type: 'emoji', emoji: '👍' }] }, true, [
      'message_id',
    ]),
    'pin-message': one('pinChatMessage', { message_id: 7 }, true, ['message_id']),
    'answer-callback': one(
      'answerCallbackQuery',
      { callback_query_id: 'q1', text: 'Done' },
      true,
      ['callback_query_id'],
      { json: { callback_query_id: 'q1', text: 'Done' } },
    ),
    'get-chat': one('getChat', {}, posted.chat, []),
    'count-members': one('getChatMemberCount', {}, 12, []),
    'get-member': one('getChatMember', { user_id: 1 }, member, ['user_id']),
    'list-admins': {
      endpoint: 'POST /getChatAdministrators',
      see: 'https://core.telegram.org/bots/api#getchatadministrators',
      onePage: true,
      pages: [
        { request: 'POST /getChatAdministrators', json: { chat_id: CHAT }, answer: { ok: true, result: [member] } },
      ],
      from: '/result',
    },
    'ban-member': one('banChatMember', { user_id: 1, until_date: 1767225600 }, true, ['user_id']),
    'unban-member': one('unbanChatMember', { user_id: 1, only_if_banned: true }, true, ['user_id']),
    'get-file': one('getFile', { file_id: 'BQAC' }, { file_id: 'BQAC', file_path: 'documents/1.pdf' }, ['file_id'], {
      json: { file_id: 'BQAC' },
    }),
  },
});
