// The connectors: pages and databases, the blocks that pages are made of, comments and people.

import { type Common, type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, orNull, record, text } = schema;

const id = (of: string) => text(`Id of the ${of}`, { pattern: '^[0-9a-fA-F-]{32,36}$' });
const page_id = { page_id: id('page') };
const block_id = { block_id: id('block, or of the page that it is on') };
const found = record({ object: text(), id: text() });
const rich_text = list(map(), 'Text, as Notion writes it: `[{"text": {"content": "Hello"}}]`', { minItems: 1 });
const children = list(map(), 'Blocks, as Notion writes them', { maxItems: 100 });
const properties = map('Values by name of the property, as Notion writes them');

/** In the query of what is read, in the body of what is searched. */
const pages = (place: 'query' | 'body') =>
  paging.cursor({
    param: 'start_cursor',
    from: '/next_cursor',
    more: '/has_more',
    size: { page_size: 100 },
    in: place,
  });

export const common: Common = { list: { from: '/results', paging: pages('query') } };

export const table: EndpointTable = {
  'search-objects': {
    request: 'POST /search',
    description: 'Pages and databases by their title, one message each',
    body: {
      query: text('Words of the title; without them all that the integration sees'),
      filter: object({ property: choice(['object']), value: choice(['page', 'database']) }, ['property', 'value'], {
        description: 'Only pages, or only databases',
      }),
      sort: object({ timestamp: choice(['last_edited_time']), direction: choice(['ascending', 'descending']) }, [], {
        description: 'Order by time',
      }),
    },
    paging: pages('body'),
    output: found,
  },
  'query-database': {
    request: 'POST /databases/{database_id}/query',
    description: 'Pages of a database, one message each',
    path: { database_id: id('database') },
    body: { filter: map('Conditions, as Notion writes them'), sorts: list(map(), 'Order, as Notion writes it') },
    from: '/results',
    paging: pages('body'),
    output: found,
  },
  'get-database': {
    request: 'GET /databases/{database_id}',
    description: 'Read a database and its properties',
    path: { database_id: id('database') },
    output: record({ id: text(), properties: map() }),
  },
  'get-page': {
    request: 'GET /pages/{page_id}',
    description: 'Read a page and its properties; its content is blocks',
    path: page_id,
    output: record({ id: text(), properties: map() }),
  },
  'create-page': {
    request: 'POST /pages',
    description: 'Make a page in a database or below another page',
    body: {
      parent: object({ database_id: text(), page_id: text() }, [], {
        description: 'Where: `{"database_id": …}` or `{"page_id": …}`',
      }),
      properties,
      children,
      icon: map('Icon, as Notion writes it'),
      cover: map('Cover, as Notion writes it'),
    },
    needs: ['parent', 'properties'],
    output: found,
  },
  'update-page': {
    request: 'PATCH /pages/{page_id}',
    description: 'Change a page, or put it into the trash; what is not given stays',
    path: page_id,
    body: {
      properties,
      archived: flag('Whether it is in the trash'),
      icon: { ...orNull(map()), description: 'Icon, or null for none' },
      cover: { ...orNull(map()), description: 'Cover, or null for none' },
    },
    output: found,
  },
  'list-blocks': {
    request: 'GET /blocks/{block_id}/children',
    description: 'Blocks of a page or in a block, one message each',
    path: block_id,
    output: found,
  },
  'append-blocks': {
    request: 'PATCH /blocks/{block_id}/children',
    description: 'Put blocks at the end of a page or block, or after one of them',
    path: block_id,
    body: { children, after: text('Id of the block that they come after') },
    needs: ['children'],
    output: record({ results: list({}) }),
  },
  'get-block': { request: 'GET /blocks/{block_id}', description: 'Read a block', path: block_id, output: found },
  'delete-block': {
    request: 'DELETE /blocks/{block_id}',
    description: 'Put a block into the trash',
    path: block_id,
    output: found,
  },
  'list-comments': {
    request: 'GET /comments',
    description: 'Open comments on a page or block, one message each',
    query: block_id,
    needs: ['block_id'],
    output: found,
  },
  'create-comment': {
    request: 'POST /comments',
    description: 'Comment on a page, or answer in a discussion',
    body: {
      parent: object({ page_id: text() }, ['page_id'], { description: 'Page: `{"page_id": …}`; or say discussion_id' }),
      discussion_id: text('Id of the discussion that is answered'),
      rich_text,
    },
    needs: ['rich_text'],
    output: found,
  },
  'list-users': {
    request: 'GET /users',
    description: 'People and bots of the workspace, one message each',
    output: found,
  },
  'get-user': {
    request: 'GET /users/{user_id}',
    description: 'Read a person or bot',
    path: { user_id: id('person') },
    output: found,
  },
};
