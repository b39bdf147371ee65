// The connectors: tickets, users and organizations, each under its own name in an answer.

import { type Common, type EndpointTable, type JsonSchema, type Paging, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, object, record, text } = schema;

const id = (of: string) => integer(`Id of the ${of}`, { minimum: 1 });
const tags = { tags: list(text(), 'Tags') };
const external = { external_id: text('Id of your own') };
const pages = paging.cursor({
  param: 'page[after]',
  from: '/meta/after_cursor',
  more: '/meta/has_more',
  size: { 'page[size]': 100 },
});
/** From a time on; then the cursor is all that is said. */
const changes: Paging = {
  in: 'whole',
  ask: (cursor): Record<string, string> => (cursor === null ? {} : { cursor }),
  next({ answer }) {
    const { end_of_stream: isEnd, after_cursor: after } = answer as { end_of_stream?: boolean; after_cursor?: string };
    return isEnd === false && after ? after : undefined;
  },
};

export const common: Common = {};

/** Records that come under the name of their kind. */
const records = (
  one: string,
  output: JsonSchema,
  fields: EndpointTable[string]['body'],
  needs: readonly string[],
): EndpointTable => {
  const many = `${one}s`;
  const under = { wrap: one, from: `/${one}` };
  return resource({
    one,
    path: `/${many}`,
    item: `/${many}/{${one}_id}`,
    at: { [`${one}_id`]: id(one) },
    fields: fields ?? {},
    needs,
    update: 'PUT',
    output,
    but: { list: { from: `/${many}`, paging: pages }, get: { from: `/${one}` }, create: under, update: under },
  });
};

const user = record({ id: integer(), name: text() });
const userFields = {
  name: text('Name', { minLength: 1 }),
  email: text('E-mail address'),
  phone: text('Telephone number'),
  role: choice(['end-user', 'agent', 'admin'], 'Role'),
  organization_id: id('organization'),
  verified: flag('Whether the e-mail address is taken as verified'),
  notes: text('Notes'),
  user_fields: map('Values of fields of the account, by key'),
  ...tags,
  ...external,
};

export const table: EndpointTable = {
  ...records(
    'ticket',
    record({ id: integer(), status: text() }),
    {
      subject: text('Subject'),
      comment: object({ body: text(), html_body: text(), public: flag(), author_id: integer() }, [], {
        description: 'What is said: `{"body": "Hello", "public": true}`',
      }),
      requester_id: id('user who asks'),
      requester: object({ name: text(), email: text() }, [], {
        description: 'Who asks, when they may be new; of a new ticket only',
      }),
      assignee_id: id('agent who shall answer'),
      group_id: id('group'),
      status: choice(['new', 'open', 'pending', 'hold', 'solved', 'closed'], 'Status'),
      priority: choice(['low', 'normal', 'high', 'urgent'], 'Priority'),
      type: choice(['problem', 'incident', 'question', 'task'], 'Type'),
      custom_fields: list(object({ id: integer(), value: {} }, ['id']), 'Values of fields of the account'),
      ...tags,
      ...external,
    },
    ['comment'],
  ),
  'list-comments': {
    request: 'GET /tickets/{ticket_id}/comments',
    description: 'What was said in a ticket, one message each',
    path: { ticket_id: id('ticket') },
    from: '/comments',
    paging: pages,
    output: record({ id: integer(), body: text() }),
  },
  'list-changed-tickets': {
    request: 'GET /incremental/tickets/cursor',
    description: 'Tickets that changed since a time, one message each, deleted ones among them',
    query: { start_time: integer('Seconds since 1970', { minimum: 0 }) },
    needs: ['start_time'],
    from: '/tickets',
    paging: changes,
    output: record({ id: integer() }),
  },
  'search-records': {
    request: 'GET /search/export',
    description: 'Tickets, users, organizations or groups by a condition, one message each',
    query: {
      query: text('Condition, as Zendesk writes it: `status:open priority:urgent`', { minLength: 1 }),
      kind: choice(['ticket', 'user', 'organization', 'group'], 'Of which kind'),
    },
    needs: ['query', 'kind'],
    called: { kind: 'filter[type]' },
    from: '/results',
    paging: pages,
    output: record({ id: integer(), result_type: text() }),
  },
  ...records('user', user, userFields, ['name']),
  'upsert-user': {
    request: 'POST /users/create_or_update',
    description: 'Make a user, or change the one with this e-mail address or id of your own',
    body: userFields,
    needs: ['name'],
    wrap: 'user',
    from: '/user',
    output: user,
  },
  ...records(
    'organization',
    record({ id: integer(), name: text() }),
    {
      name: text('Name', { minLength: 1 }),
      domain_names: list(text(), 'Domains whose users belong to it'),
      details: text('Details'),
      notes: text('Notes'),
      organization_fields: map('Values of fields of the account, by key'),
      ...tags,
      ...external,
    },
    ['name'],
  ),
};
