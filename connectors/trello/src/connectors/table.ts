// The connectors: boards, lists and cards, and what is on a card.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, record, text } = schema;

const id = (of: string) => text(`Id of the ${of}`, { pattern: '^[0-9a-zA-Z]{8,32}$' });
const named = record({ id: text(), name: text() });
const place = text('Place: top, bottom, or a number');
const fields = list(text(), 'Names of the fields that are given; default: all');
const card_id = { card_id: id('card') };
const ofBoard = { board_id: 'settings.board' } as const;
const board = { board_id: id('board; default: that of the settings') };

export const common: Common = { list: { paging: paging.all() } };

const cards = resource({
  one: 'card',
  path: '/cards',
  item: '/cards/{card_id}',
  at: card_id,
  verbs: ['get', 'create', 'update', 'delete'],
  fields: {
    name: text('Title'),
    desc: text('Description, as Markdown', { maxLength: 16_384 }),
    idList: id('list'),
    pos: place,
    due: text('When it is due, as ISO time'),
    dueComplete: flag('Whether what is due is done'),
    start: text('When it begins, as ISO time'),
    idMembers: list(text(), 'Ids of members'),
    idLabels: list(text(), 'Ids of labels'),
    urlSource: text('Address that is attached; of a new card only'),
    closed: flag('Whether it is archived; of a change only'),
  },
  needs: ['idList'],
  update: 'PUT',
  output: named,
});

const boards = resource({
  one: 'board',
  path: '/boards/',
  item: '/boards/{board_id}',
  at: { board_id: id('board') },
  verbs: ['get', 'create', 'update', 'delete'],
  fields: {
    name: text('Name', { minLength: 1 }),
    desc: text('Description'),
    idOrganization: text('Id or name of the workspace'),
    defaultLists: flag('With the lists To Do, Doing and Done; of a new board only'),
    closed: flag('Whether it is closed; of a change only'),
  },
  needs: ['name'],
  update: 'PUT',
  output: named,
});

export const table: EndpointTable = {
  'list-boards': {
    request: 'GET /members/me/boards',
    description: 'Boards of who is connected, one message each',
    query: { filter: choice(['all', 'open', 'closed', 'starred'], 'Which; default: all'), fields },
    output: named,
  },
  ...boards,
  'list-lists': {
    request: 'GET /boards/{board_id}/lists',
    description: 'Lists of a board, one message each',
    path: board,
    query: { filter: choice(['all', 'open', 'closed'], 'Which; default: open') },
    fallback: ofBoard,
    output: named,
  },
  'create-list': {
    request: 'POST /lists',
    description: 'Make a list on a board',
    body: { name: text('Name', { minLength: 1 }), idBoard: id('board; default: that of the settings'), pos: place },
    needs: ['name', 'idBoard'],
    fallback: { idBoard: 'settings.board' },
    output: named,
  },
  'update-list': {
    request: 'PUT /lists/{list_id}',
    description: 'Change a list; what is not given stays',
    path: { list_id: id('list') },
    body: { name: text('Name'), closed: flag('Whether it is archived'), pos: place },
    output: named,
  },
  'list-board-cards': {
    request: 'GET /boards/{board_id}/cards',
    description: 'Open cards of a board, one message each',
    path: board,
    query: { fields },
    fallback: ofBoard,
    output: named,
  },
  'list-cards': {
    request: 'GET /lists/{list_id}/cards',
    description: 'Open cards of a list, one message each',
    path: { list_id: id('list') },
    query: { fields },
    output: named,
  },
  'search-cards': {
    request: 'GET /search',
    description: 'Cards that have words in them, one message each',
    query: {
      query: text('Words, with the operators of Trello', { minLength: 1 }),
      idBoards: text('Id of a board, or "mine"'),
    },
    needs: ['query'],
    always: { query: { modelTypes: 'cards' } },
    from: '/cards',
    paging: paging.numbered({ param: 'cards_page', first: 0, size: { cards_limit: 10 } }),
    output: named,
  },
  ...cards,
  'list-comments': {
    request: 'GET /cards/{card_id}/actions',
    description: 'Comments on a card, one message each, the newest first',
    path: card_id,
    always: { query: { filter: 'commentCard' } },
    paging: paging.after({ param: 'before', size: { limit: 50 } }),
    output: record({ id: text(), data: object({}) }),
  },
  'add-comment': {
    request: 'POST /cards/{card_id}/actions/comments',
    description: 'Comment on a card',
    path: card_id,
    body: { text: text('Text', { minLength: 1 }) },
    needs: ['text'],
    output: record({ id: text(), data: map() }),
  },
  'add-checklist': {
    request: 'POST /cards/{card_id}/checklists',
    description: 'Put a checklist on a card',
    path: card_id,
    body: { name: text('Name'), pos: place },
    output: named,
  },
  'add-check-item': {
    request: 'POST /checklists/{checklist_id}/checkItems',
    description: 'Put an item on a checklist',
    path: { checklist_id: id('checklist') },
    body: { name: text('Text', { minLength: 1 }), pos: place, checked: flag('Whether it is done') },
    needs: ['name'],
    output: named,
  },
  'add-member': {
    request: 'POST /cards/{card_id}/idMembers',
    description: 'Put a member on a card; all its members are given',
    path: card_id,
    body: { value: id('member') },
    needs: ['value'],
    output: list(record({ id: text() })),
  },
  'add-label': {
    request: 'POST /cards/{card_id}/idLabels',
    description: 'Put a label on a card; all its labels are given, by id',
    path: card_id,
    body: { value: id('label') },
    needs: ['value'],
    output: list(text()),
  },
};
