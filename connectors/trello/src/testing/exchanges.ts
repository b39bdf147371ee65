// Written from Trello's public reference.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (group: string, at: string) =>
  `https://developer.atlassian.com/cloud/trello/rest/api-group-${group}/#${at}`;
const [BOARD, LIST, CARD, OTHER] = [
  '5abbe4b7ddc1b351ef961414',
  '5abbe4b7ddc1b351ef961415',
  '5abbe4b7ddc1b351ef961416',
  '5abbe4b7ddc1b351ef961417',
];
const card = { id: CARD, name: 'Door 7', idList: LIST };
const board = { id: BOARD, name: 'Doors' };
const listed = { id: LIST, name: 'To Do' };
const comment = (n: number) => ({ id: `c${n}`, type: 'commentCard', data: { text: 'Ahoj' } });

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.trello.com',
    applications: {
      trello: {
        settings: { credentials: { key: 'k1', token: 't1' }, settings: { board: BOARD } },
        headers: { accept: 'application/json', authorization: 'OAuth oauth_consumer_key="k1", oauth_token="t1"' },
      },
    },
    always: [
      {
        title: 'too many requests, of which Trello does not say how long',
        answer: { status: 429, json: { error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' } },
        outcome: { kind: 'limit', after: 10, says: 'Rate limit exceeded; API_TOKEN_LIMIT_EXCEEDED' },
      },
      { title: 'in trouble', answer: { status: 503, text: 'Service Unavailable' }, outcome: { kind: 'redeliver' } },
      {
        title: 'not there, said as text',
        answer: { status: 404, text: 'The requested resource was not found.' },
        outcome: { kind: 'fail', code: 'trello.not_found', says: 'The requested resource was not found.' },
      },
      {
        title: 'a token that is none',
        answer: { status: 401, text: 'invalid token' },
        outcome: { kind: 'fail', code: 'trello.bad_credentials', says: 'invalid token' },
      },
    ],
  },
  application: [
    {
      title: 'the connection works',
      invoke: { operation: 'test' },
      exchanges: [{ request: 'GET /1/members/me?fields=fullName', answer: { json: { id: '1', fullName: 'Ann' } } }],
      answers: { detail: 'Connected as Ann.' },
    },
    {
      title: 'the connection does not work',
      invoke: { operation: 'test' },
      exchanges: [{ request: 'GET /1/members/me?fields=fullName', answer: { status: 401, text: 'invalid key' } }],
      fails: { code: 'trello.bad_credentials', says: 'invalid key' },
    },
    {
      title: 'R33: boards are offered',
      invoke: { operation: 'choices', form: 'settings', field: 'board' },
      exchanges: [{ request: 'GET /1/members/me/boards?filter=open&fields=name', answer: { json: [board] } }],
      answers: [{ value: BOARD, label: 'Doors' }],
    },
    {
      title: 'R17: what happens on a board is subscribed to',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'action',
        url: 'https://sluice.example.com/hooks/1',
        secret: 'unused',
        parameters: { idModel: BOARD },
      },
      exchanges: [
        {
          request: 'POST /1/webhooks/',
          json: { callbackURL: 'https://sluice.example.com/hooks/1', idModel: BOARD, description: 'Sluice' },
          answer: { json: { id: 'w1', active: true } },
        },
      ],
      answers: { reference: { webhook: 'w1' } },
    },
    {
      title: 'R17: it ends',
      invoke: { operation: 'webhook.unsubscribe', event: 'action', reference: { webhook: 'w1' } },
      exchanges: [{ request: 'DELETE /1/webhooks/w1', answer: { json: { limits: {} } } }],
    },
    {
      title: 'R17: one that is gone is fine',
      invoke: { operation: 'webhook.unsubscribe', event: 'action', reference: { webhook: 'w1' } },
      exchanges: [
        { request: 'DELETE /1/webhooks/w1', answer: { status: 404, text: 'The requested resource was not found.' } },
      ],
    },
  ],
  connectors: {
    'list-boards': {
      endpoint: 'GET /1/members/me/boards',
      see: see('members', 'api-members-id-boards-get'),
      onePage: true,
      input: { filter: 'open', fields: ['name', 'closed'] },
      pages: [['GET /1/members/me/boards?filter=open&fields=name%2Cclosed', [board]]],
      refused: [[{ filter: 'mine' }, '/filter must be equal to one of']],
    },
    'get-board': {
      endpoint: 'GET /1/boards/{board_id}',
      see: see('boards', 'api-boards-id-get'),
      input: { board_id: BOARD },
      request: `GET /1/boards/${BOARD}`,
      answer: board,
    },
    'create-board': {
      endpoint: 'POST /1/boards/',
      see: see('boards', 'api-boards-post'),
      needs: ['name'],
      input: { name: 'Dveře 🚪', defaultLists: false },
      json: { name: 'Dveře 🚪', defaultLists: false },
      answer: board,
    },
    'update-board': {
      endpoint: 'PUT /1/boards/{board_id}',
      see: see('boards', 'api-boards-id-put'),
      input: { board_id: BOARD, closed: true },
      request: `PUT /1/boards/${BOARD}`,
      json: { closed: true },
      answer: board,
    },
    'delete-board': {
      endpoint: 'DELETE /1/boards/{board_id}',
      see: see('boards', 'api-boards-id-delete'),
      input: { board_id: BOARD },
      request: `DELETE /1/boards/${BOARD}`,
      answer: { _value: null },
      gives: { board_id: BOARD, deleted: true },
    },
    'list-lists': {
      endpoint: 'GET /1/boards/{board_id}/lists',
      see: see('boards', 'api-boards-id-lists-get'),
      needs: [],
      onePage: true,
      pages: [[`GET /1/boards/${BOARD}/lists`, [listed]]],
    },
    'create-list': {
      endpoint: 'POST /1/lists',
      see: see('lists', 'api-lists-post'),
      needs: ['name'],
      input: { name: 'To Do', pos: 'top' },
      json: { name: 'To Do', pos: 'top', idBoard: BOARD },
      answer: listed,
    },
    'update-list': {
      endpoint: 'PUT /1/lists/{list_id}',
      see: see('lists', 'api-lists-id-put'),
      input: { list_id: LIST, closed: true },
      request: `PUT /1/lists/${LIST}`,
      json: { closed: true },
      answer: listed,
    },
    'list-board-cards': {
      endpoint: 'GET /1/boards/{board_id}/cards',
      see: see('boards', 'api-boards-id-cards-get'),
      needs: [],
      onePage: true,
      input: { fields: ['name'] },
      pages: [[`GET /1/boards/${BOARD}/cards?fields=name`, [card]]],
    },
    'list-cards': {
      endpoint: 'GET /1/lists/{list_id}/cards',
      see: see('lists', 'api-lists-id-cards-get'),
      onePage: true,
      input: { list_id: LIST },
      pages: [[`GET /1/lists/${LIST}/cards`, [card]]],
    },
    'search-cards': {
      endpoint: 'GET /1/search',
      see: see('search', 'api-search-get'),
      needs: ['query'],
      input: { query: 'door is:open', idBoards: 'mine' },
      from: '/cards',
      pages: [
        [
          'GET /1/search?modelTypes=cards&query=door+is%3Aopen&idBoards=mine&cards_limit=10&cards_page=0',
          { cards: Array.from({ length: 10 }, () => card) },
          '1',
        ],
        [
          'GET /1/search?modelTypes=cards&query=door+is%3Aopen&idBoards=mine&cards_limit=10&cards_page=1',
          { cards: [card] },
        ],
      ],
    },
    'get-card': {
      endpoint: 'GET /1/cards/{card_id}',
      see: see('cards', 'api-cards-id-get'),
      input: { card_id: CARD },
      request: `GET /1/cards/${CARD}`,
      answer: card,
    },
    'create-card': {
      endpoint: 'POST /1/cards',
      see: see('cards', 'api-cards-post'),
      needs: ['idList'],
      input: { idList: LIST, name: 'Door 7', desc: '**Oak**', idLabels: [OTHER], more: 1 },
      json: { idList: LIST, name: 'Door 7', desc: '**Oak**', idLabels: [OTHER] },
      answer: card,
      more: [
        {
          title: 'on a list that is none',
          input: { idList: OTHER },
          json: { idList: OTHER },
          status: 400,
          answer: { message: 'invalid value for idList', error: 'ERROR' },
          fails: 'trello.invalid: invalid value for idList',
        },
      ],
    },
    'update-card': {
      endpoint: 'PUT /1/cards/{card_id}',
      see: see('cards', 'api-cards-id-put'),
      input: { card_id: CARD, dueComplete: true },
      request: `PUT /1/cards/${CARD}`,
      json: { dueComplete: true },
      answer: card,
    },
    'delete-card': {
      endpoint: 'DELETE /1/cards/{card_id}',
      see: see('cards', 'api-cards-id-delete'),
      input: { card_id: CARD },
      request: `DELETE /1/cards/${CARD}`,
      answer: { limits: {} },
      gives: { card_id: CARD, deleted: true },
    },
    'list-comments': {
      endpoint: 'GET /1/cards/{card_id}/actions',
      see: see('cards', 'api-cards-id-actions-get'),
      input: { card_id: CARD },
      pages: [
        [
          `GET /1/cards/${CARD}/actions?filter=commentCard&limit=50`,
          Array.from({ length: 50 }, (_, n) => comment(n)),
          'c49',
        ],
        [`GET /1/cards/${CARD}/actions?filter=commentCard&limit=50&before=c49`, [comment(50)]],
      ],
    },
    'add-comment': {
      endpoint: 'POST /1/cards/{card_id}/actions/comments',
      see: see('cards', 'api-cards-id-actions-comments-post'),
      needs: ['card_id', 'text'],
      input: { card_id: CARD, text: 'Ahoj' },
      request: `POST /1/cards/${CARD}/actions/comments`,
      json: { text: 'Ahoj' },
      answer: comment(1),
    },
    'add-checklist': {
      endpoint: 'POST /1/cards/{card_id}/checklists',
      see: see('cards', 'api-cards-id-checklists-post'),
      input: { card_id: CARD, name: 'Steps' },
      request: `POST /1/cards/${CARD}/checklists`,
      json: { name: 'Steps' },
      answer: { id: OTHER, name: 'Steps' },
    },
    'add-check-item': {
      endpoint: 'POST /1/checklists/{checklist_id}/checkItems',
      see: see('checklists', 'api-checklists-id-checkitems-post'),
      needs: ['checklist_id', 'name'],
      input: { checklist_id: OTHER, name: 'Saw' },
      request: `POST /1/checklists/${OTHER}/checkItems`,
      json: { name: 'Saw' },
      answer: { id: CARD, name: 'Saw', state: 'incomplete' },
    },
    'add-member': {
      endpoint: 'POST /1/cards/{card_id}/idMembers',
      see: see('cards', 'api-cards-id-idmembers-post'),
      needs: ['card_id', 'value'],
      input: { card_id: CARD, value: OTHER },
      request: `POST /1/cards/${CARD}/idMembers`,
      json: { value: OTHER },
      answer: [{ id: OTHER, username: 'ann' }],
    },
    'add-label': {
      endpoint: 'POST /1/cards/{card_id}/idLabels',
      see: see('cards', 'api-cards-id-idlabels-post'),
      needs: ['card_id', 'value'],
      input: { card_id: CARD, value: OTHER },
      request: `POST /1/cards/${CARD}/idLabels`,
      json: { value: OTHER },
      answer: [OTHER],
    },
  },
});
