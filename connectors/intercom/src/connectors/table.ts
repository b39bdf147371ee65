// The connectors: contacts, conversations, companies, tags and events.

import { type Common, type EndpointTable, type Paging, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, map, object, record, text } = schema;

const id = (of: string) => text(`Id of the ${of}`, { minLength: 1 });
const found = record({ type: text(), id: text() });
const contact_id = { contact_id: id('contact') };
const conversation_id = { conversation_id: id('conversation') };
const query = map(
  'Condition, as Intercom writes it: `{"field": "email", "operator": "=", "value": "ann@example.com"}`',
);
const admin_id = { admin_id: text('Id of the admin who does it') };

const next = '/pages/next/starting_after';
const pages = (per_page: number) => paging.cursor({ param: 'starting_after', from: next, size: { per_page } });
/** Of a search, in a member of the body. */
const searched: Paging = {
  ...pages(150),
  in: 'body',
  ask: (cursor) => ({ pagination: { per_page: 150, ...(cursor !== null && { starting_after: cursor }) } }),
};

export const common: Common = { list: { from: '/data' } };

export const table: EndpointTable = {
  ...resource({
    one: 'contact',
    path: '/contacts',
    item: '/contacts/{contact_id}',
    at: contact_id,
    fields: {
      role: choice(['user', 'lead'], 'Whether it is a user or a lead'),
      email: text('E-mail address'),
      external_id: text('Id of your own'),
      name: text('Name'),
      phone: text('Telephone number'),
      avatar: text('Address of a picture'),
      signed_up_at: integer('When they signed up, in seconds since 1970'),
      last_seen_at: integer('When they were last there, in seconds since 1970'),
      owner_id: integer('Id of the admin whose contact it is'),
      unsubscribed_from_emails: flag('Whether they want no e-mail'),
      custom_attributes: map('Values of attributes of the workspace'),
    },
    update: 'PUT',
    output: found,
    but: { list: { paging: pages(150) } },
  }),
  'search-contacts': {
    request: 'POST /contacts/search',
    description: 'Contacts by a condition, one message each',
    body: { query, sort: map('Order: `{"field": "created_at", "order": "descending"}`') },
    needs: ['query'],
    paging: searched,
    output: found,
  },
  'add-note': {
    request: 'POST /contacts/{contact_id}/notes',
    description: 'Put a note on a contact',
    path: contact_id,
    body: { body: text('Text', { minLength: 1 }), ...admin_id },
    needs: ['body'],
    output: found,
  },
  'tag-contact': {
    request: 'POST /contacts/{contact_id}/tags',
    description: 'Put a tag on a contact',
    path: contact_id,
    body: { id: id('tag') },
    needs: ['id'],
    output: record({ id: text(), name: text() }),
  },
  'untag-contact': {
    request: 'DELETE /contacts/{contact_id}/tags/{tag_id}',
    description: 'Take a tag from a contact',
    path: { ...contact_id, tag_id: id('tag') },
    output: record({ id: text(), name: text() }),
  },
  'list-tags': {
    request: 'GET /tags',
    description: 'Tags, one message each',
    paging: paging.all(),
    output: record({ id: text(), name: text() }),
  },
  'list-conversations': {
    request: 'GET /conversations',
    description: 'Conversations, one message each, the newest first',
    from: '/conversations',
    paging: pages(150),
    output: found,
  },
  'search-conversations': {
    request: 'POST /conversations/search',
    description: 'Conversations by a condition, one message each',
    body: { query, sort: map('Order: `{"field": "updated_at", "order": "descending"}`') },
    needs: ['query'],
    from: '/conversations',
    paging: searched,
    output: found,
  },
  'get-conversation': {
    request: 'GET /conversations/{conversation_id}',
    description: 'Read a conversation with what was said in it',
    path: conversation_id,
    query: { display_as: choice(['plaintext'], 'Texts without HTML') },
    output: found,
  },
  'create-conversation': {
    request: 'POST /conversations',
    description: 'Begin a conversation in the name of a contact',
    body: {
      from: object({ type: choice(['user', 'lead', 'contact']), id: text() }, ['type', 'id'], {
        description: 'Who begins it',
      }),
      body: text('Text', { minLength: 1 }),
    },
    needs: ['from', 'body'],
    output: record({ type: text(), conversation_id: text() }),
  },
  'reply-conversation': {
    request: 'POST /conversations/{conversation_id}/reply',
    description: 'Answer in a conversation, or put a note into it',
    path: conversation_id,
    body: {
      message_type: choice(['comment', 'note'], 'Answer, or note that only the team sees'),
      type: choice(['admin', 'user'], 'Who says it'),
      body: text('Text, as HTML', { minLength: 1 }),
      admin_id: text('Id of the admin who says it'),
      intercom_user_id: text('Id of the contact who says it'),
    },
    needs: ['message_type', 'type', 'body'],
    output: found,
  },
  'close-conversation': {
    request: 'POST /conversations/{conversation_id}/parts',
    description: 'Close a conversation',
    path: conversation_id,
    body: { ...admin_id, body: text('Last words') },
    needs: ['admin_id'],
    always: { body: { message_type: 'close', type: 'admin' } },
    output: found,
  },
  'upsert-company': {
    request: 'POST /companies',
    description: 'Make a company, or change the one with this id of your own',
    body: {
      company_id: text('Id of your own', { minLength: 1 }),
      name: text('Name'),
      plan: text('Plan'),
      size: integer('How many work there'),
      website: text('Address of its page'),
      industry: text('Industry'),
      monthly_spend: integer('What it pays in a month'),
      custom_attributes: map('Values of attributes of the workspace'),
    },
    needs: ['company_id'],
    output: record({ type: text(), id: text(), company_id: text() }),
  },
  'get-company': {
    request: 'GET /companies/{company_id}',
    description: "Read a company by Intercom's id",
    path: { company_id: id('company') },
    output: found,
  },
  'track-event': {
    request: 'POST /events',
    description: 'Note what a contact did',
    body: {
      event_name: text('What, such as ordered-door', { minLength: 1 }),
      created_at: integer('When, in seconds since 1970'),
      user_id: text('Id of your own; or say id or email'),
      id: text('Id of the contact'),
      email: text('E-mail address of the contact'),
      metadata: map('More about it'),
    },
    needs: ['event_name', 'created_at'],
    output: record({ event_name: text(), noted: flag() }),
    gives: ({ event_name }) => ({ event_name, noted: true }),
  },
  'list-admins': {
    request: 'GET /admins',
    description: 'Admins of the workspace, one message each',
    from: '/admins',
    paging: paging.all(),
    output: record({ id: text(), name: text() }),
  },
};
