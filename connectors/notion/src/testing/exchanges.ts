// Written from Notion's public reference, version 2022-06-28.

import { connectionCases, exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developers.notion.com/reference/${page}`;
const ID = '59833787-2cf9-4fdf-8782-e53db20768a5';
const page = { object: 'page', id: ID, properties: {} };
const block = { object: 'block', id: ID, type: 'paragraph' };
const comment = { object: 'comment', id: ID };
const user = { object: 'user', id: ID, type: 'person' };
const rich_text = [{ text: { content: 'Ahoj' } }];
const headers = (token: string) => ({
  accept: 'application/json',
  'notion-version': '2022-06-28',
  authorization: `Bearer ${token}`,
});
const problem = (status: number, code: string, message: string) => ({ object: 'error', status, code, message });
const first = (item: object) => ({ object: 'list', results: [item], next_cursor: 'c-2', has_more: true });
const last = (item: object) => ({ object: 'list', results: [item], next_cursor: null, has_more: false });
const pages = (request: string, item: object) => {
  const size = request.includes('?') ? '&page_size=100' : '?page_size=100';
  return [
    [`${request}${size}`, first(item), 'c-2'],
    [`${request}${size}&start_cursor=c-2`, last(item)],
  ] as const;
};
const searched = (request: string, asked: object, item: object) => [
  { request, json: { ...asked, page_size: 100 }, answer: first(item), cursor: 'c-2' },
  { request, json: { ...asked, page_size: 100, start_cursor: 'c-2' }, answer: last(item) },
];

export const exchanges = exchangeTable({
  itemsFrom: '/results',
  service: {
    origin: 'https://api.notion.com',
    applications: {
      notion: { token: 'at-1', headers: headers('at-1') },
      'notion-token': { settings: { credentials: { token: 'ntn_1' } }, headers: headers('ntn_1') },
    },
    always: [
      {
        title: 'too many requests',
        answer: {
          status: 429,
          headers: { 'retry-after': '2' },
          json: problem(429, 'rate_limited', 'You have been rate limited.'),
        },
        outcome: { kind: 'limit', after: 2, says: 'You have been rate limited' },
      },
      {
        title: 'not there just now',
        answer: { status: 503, json: problem(503, 'service_unavailable', 'Notion is unavailable.') },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not connected to the integration',
        answer: { status: 404, json: problem(404, 'object_not_found', `Could not find page with ID: ${ID}.`) },
        outcome: { kind: 'fail', code: 'notion.object_not_found', says: 'Could not find page' },
      },
      {
        title: 'not as Notion wants it',
        answer: { status: 400, json: problem(400, 'validation_error', 'body failed validation') },
        outcome: { kind: 'fail', code: 'notion.validation_error', says: 'body failed validation' },
      },
    ],
  },
  application: connectionCases('GET /v1/users/me', { ...user, name: 'Octo' }, 'Connected as Octo.', {
    status: 403,
    answer: problem(403, 'restricted_resource', 'Insufficient permissions.'),
    fails: 'notion.restricted_resource: Insufficient permissions',
  }),
  connectors: {
    'search-objects': {
      endpoint: 'POST /v1/search',
      see: see('post-search'),
      input: { query: 'Dveře', filter: { property: 'object', value: 'page' }, more: 1 },
      pages: searched('POST /v1/search', { query: 'Dveře', filter: { property: 'object', value: 'page' } }, page),
      refused: [[{ filter: { property: 'object', value: 'block' } }, '/filter/value must be equal to one of']],
    },
    'query-database': {
      endpoint: 'POST /v1/databases/{database_id}/query',
      see: see('post-database-query'),
      input: { database_id: ID, filter: { property: 'Done', checkbox: { equals: true } } },
      pages: searched(
        `POST /v1/databases/${ID}/query`,
        { filter: { property: 'Done', checkbox: { equals: true } } },
        page,
      ),
      refused: [[{ database_id: '../users' }, '/database_id must match pattern']],
    },
    'get-database': {
      endpoint: 'GET /v1/databases/{database_id}',
      see: see('retrieve-a-database'),
      input: { database_id: ID },
      request: `GET /v1/databases/${ID}`,
      answer: { object: 'database', id: ID, properties: {} },
    },
    'get-page': {
      endpoint: 'GET /v1/pages/{page_id}',
      see: see('retrieve-a-page'),
      input: { page_id: ID },
      request: `GET /v1/pages/${ID}`,
      answer: page,
    },
    'create-page': {
      endpoint: 'POST /v1/pages',
      see: see('post-page'),
      needs: ['parent', 'properties'],
      input: {
        parent: { database_id: ID },
        properties: { Name: { title: rich_text } },
        children: [{ paragraph: { rich_text } }],
      },
      json: {
        parent: { database_id: ID },
        properties: { Name: { title: rich_text } },
        children: [{ paragraph: { rich_text } }],
      },
      answer: page,
    },
    'update-page': {
      endpoint: 'PATCH /v1/pages/{page_id}',
      see: see('patch-page'),
      input: { page_id: ID, archived: true, icon: null },
      request: `PATCH /v1/pages/${ID}`,
      json: { archived: true, icon: null },
      answer: page,
    },
    'list-blocks': {
      endpoint: 'GET /v1/blocks/{block_id}/children',
      see: see('get-block-children'),
      input: { block_id: ID },
      pages: pages(`GET /v1/blocks/${ID}/children`, block),
    },
    'append-blocks': {
      endpoint: 'PATCH /v1/blocks/{block_id}/children',
      see: see('patch-block-children'),
      needs: ['block_id', 'children'],
      input: { block_id: ID, children: [{ paragraph: { rich_text } }] },
      request: `PATCH /v1/blocks/${ID}/children`,
      json: { children: [{ paragraph: { rich_text } }] },
      answer: last(block),
    },
    'get-block': {
      endpoint: 'GET /v1/blocks/{block_id}',
      see: see('retrieve-a-block'),
      input: { block_id: ID },
      request: `GET /v1/blocks/${ID}`,
      answer: block,
    },
    'delete-block': {
      endpoint: 'DELETE /v1/blocks/{block_id}',
      see: see('delete-a-block'),
      input: { block_id: ID },
      request: `DELETE /v1/blocks/${ID}`,
      answer: block,
    },
    'list-comments': {
      endpoint: 'GET /v1/comments',
      see: see('list-comments'),
      needs: ['block_id'],
      input: { block_id: ID },
      pages: pages(`GET /v1/comments?block_id=${ID}`, comment),
    },
    'create-comment': {
      endpoint: 'POST /v1/comments',
      see: see('create-a-comment'),
      needs: ['rich_text'],
      input: { parent: { page_id: ID }, rich_text },
      json: { parent: { page_id: ID }, rich_text },
      answer: comment,
    },
    'list-users': { endpoint: 'GET /v1/users', see: see('get-users'), pages: pages('GET /v1/users', user) },
    'get-user': {
      endpoint: 'GET /v1/users/{user_id}',
      see: see('get-user'),
      input: { user_id: ID },
      request: `GET /v1/users/${ID}`,
      answer: user,
    },
  },
});
