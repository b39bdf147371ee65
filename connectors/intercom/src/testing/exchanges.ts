// Written from Intercom's public reference, version 2.11.

import { connectionCases, exchangeTable, type Row } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developers.intercom.com/docs/references/2.11/rest-api/api.intercom.io/${page}`;
const contact = { type: 'contact', id: '63a0', email: 'ann@example.com' };
const conversation = { type: 'conversation', id: '147' };
const tag = { type: 'tag', id: '17', name: 'oak' };
const settings = { settings: { host: 'api.eu.intercom.io', clientSecret: 'cs' } };
const headers = (token: string) => ({
  accept: 'application/json',
  'intercom-version': '2.11',
  authorization: `Bearer ${token}`,
});
const page = (name: string, item: object, after?: string) => ({
  type: 'list',
  [name]: [item],
  pages: { type: 'pages', ...(after && { next: { page: 2, starting_after: after } }) },
});
const listed = (name: string, request: string, item: object): Row['pages'] => [
  [`${request}?per_page=150`, page(name, item, 'Wz=='), 'Wz=='],
  [`${request}?per_page=150&starting_after=Wz%3D%3D`, page(name, item)],
];
const query = { field: 'email', operator: '=', value: 'ann@example.com' };
const searched = (name: string, request: string, item: object): Row['pages'] => [
  { request, json: { query, pagination: { per_page: 150 } }, answer: page(name, item, 'Wz=='), cursor: 'Wz==' },
  { request, json: { query, pagination: { per_page: 150, starting_after: 'Wz==' } }, answer: page(name, item) },
];
const problem = (code: string, message: string, field?: string) => ({
  type: 'error.list',
  errors: [{ code, message, ...(field && { field }) }],
});
const signOf = {
  title: 'R17: a webhook asks nothing of Intercom, which a person sets up',
  invoke: {
    operation: 'webhook.subscribe',
    event: 'notification',
    url: 'https://sluice.example.com/hooks/1',
    secret: 'unused',
    parameters: {},
  },
  exchanges: [],
  answers: { reference: { url: 'https://sluice.example.com/hooks/1' } },
};

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.eu.intercom.io',
    applications: {
      intercom: { settings, token: 'at-1', headers: headers('at-1') },
      'intercom-token': { settings: { ...settings, credentials: { token: 'dG9r' } }, headers: headers('dG9r') },
    },
    always: [
      {
        title: 'too many requests',
        answer: {
          status: 429,
          headers: { 'x-ratelimit-reset': '1767225610' },
          json: problem('rate_limit_exceeded', 'The rate limit has been exceeded'),
        },
        outcome: { kind: 'limit', after: 10, says: 'exceeded' },
      },
      {
        title: 'in trouble',
        answer: { status: 503, json: problem('service_unavailable', 'Sorry') },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not there',
        answer: { status: 404, json: problem('not_found', 'Resource Not Found') },
        outcome: { kind: 'fail', code: 'intercom.not_found', says: 'Resource Not Found' },
      },
      {
        title: 'not as Intercom wants it',
        answer: { status: 400, json: problem('parameter_invalid', 'is too long', 'name') },
        outcome: { kind: 'fail', code: 'intercom.parameter_invalid', says: 'name: is too long' },
      },
    ],
  },
  application: [
    ...connectionCases(
      'GET /me',
      { type: 'admin', id: '1', name: 'Ann', app: { name: 'Octo' } },
      'Connected to Octo as Ann.',
      { status: 403, answer: problem('forbidden', 'Not yours'), fails: 'intercom.forbidden: Not yours' },
    ),
    signOf,
    {
      title: 'R17: it ends without Intercom as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'notification', reference: { url: 'x' } },
      exchanges: [],
    },
    {
      title: 'one that is gone ends as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'notification', reference: null },
      exchanges: [],
    },
  ],
  connectors: {
    'list-contacts': {
      endpoint: 'GET /contacts',
      see: see('contacts/listcontacts'),
      pages: listed('data', 'GET /contacts', contact)!,
      from: '/data',
    },
    'get-contact': {
      endpoint: 'GET /contacts/{contact_id}',
      see: see('contacts/showcontact'),
      input: { contact_id: '63a0' },
      request: 'GET /contacts/63a0',
      answer: contact,
    },
    'create-contact': {
      endpoint: 'POST /contacts',
      see: see('contacts/createcontact'),
      input: { role: 'user', email: 'ann@example.com', name: 'Žofie', more: 1 },
      json: { role: 'user', email: 'ann@example.com', name: 'Žofie' },
      answer: contact,
      refused: [[{ role: 'king' }, '/role must be equal to one of']],
    },
    'update-contact': {
      endpoint: 'PUT /contacts/{contact_id}',
      see: see('contacts/updatecontact'),
      input: { contact_id: '63a0', phone: '+420 123' },
      request: 'PUT /contacts/63a0',
      json: { phone: '+420 123' },
      answer: contact,
    },
    'delete-contact': {
      endpoint: 'DELETE /contacts/{contact_id}',
      see: see('contacts/deletecontact'),
      input: { contact_id: '63a0' },
      request: 'DELETE /contacts/63a0',
      answer: { id: '63a0', type: 'contact', deleted: true },
      gives: { contact_id: '63a0', deleted: true },
    },
    'search-contacts': {
      endpoint: 'POST /contacts/search',
      see: see('contacts/searchcontacts'),
      needs: ['query'],
      input: { query },
      pages: searched('data', 'POST /contacts/search', contact)!,
      from: '/data',
    },
    'add-note': {
      endpoint: 'POST /contacts/{contact_id}/notes',
      see: see('notes/createnote'),
      needs: ['contact_id', 'body'],
      input: { contact_id: '63a0', body: 'Ahoj' },
      request: 'POST /contacts/63a0/notes',
      json: { body: 'Ahoj' },
      answer: { type: 'note', id: '9' },
    },
    'tag-contact': {
      endpoint: 'POST /contacts/{contact_id}/tags',
      see: see('tags/attachtagtocontact'),
      needs: ['contact_id', 'id'],
      input: { contact_id: '63a0', id: '17' },
      request: 'POST /contacts/63a0/tags',
      json: { id: '17' },
      answer: tag,
    },
    'untag-contact': {
      endpoint: 'DELETE /contacts/{contact_id}/tags/{tag_id}',
      see: see('tags/detachtagfromcontact'),
      input: { contact_id: '63a0', tag_id: '17' },
      request: 'DELETE /contacts/63a0/tags/17',
      answer: tag,
    },
    'list-tags': {
      endpoint: 'GET /tags',
      see: see('tags/listtags'),
      onePage: true,
      pages: [['GET /tags', { type: 'list', data: [tag] }]],
      from: '/data',
    },
    'list-conversations': {
      endpoint: 'GET /conversations',
      see: see('conversations/listconversations'),
      pages: listed('conversations', 'GET /conversations', conversation)!,
      from: '/conversations',
    },
    'search-conversations': {
      endpoint: 'POST /conversations/search',
      see: see('conversations/searchconversations'),
      needs: ['query'],
      input: { query },
      pages: searched('conversations', 'POST /conversations/search', conversation)!,
      from: '/conversations',
    },
    'get-conversation': {
      endpoint: 'GET /conversations/{conversation_id}',
      see: see('conversations/retrieveconversation'),
      input: { conversation_id: '147', display_as: 'plaintext' },
      request: 'GET /conversations/147?display_as=plaintext',
      answer: conversation,
    },
    'create-conversation': {
      endpoint: 'POST /conversations',
      see: see('conversations/createconversation'),
      needs: ['from', 'body'],
      input: { from: { type: 'user', id: '63a0' }, body: 'Ahoj' },
      json: { from: { type: 'user', id: '63a0' }, body: 'Ahoj' },
      answer: { type: 'user_message', id: '403', conversation_id: '147' },
    },
    'reply-conversation': {
      endpoint: 'POST /conversations/{conversation_id}/reply',
      see: see('conversations/replyconversation'),
      needs: ['conversation_id', 'message_type', 'type', 'body'],
      input: { conversation_id: '147', message_type: 'comment', type: 'admin', admin_id: '1', body: 'Ahoj' },
      request: 'POST /conversations/147/reply',
      json: { message_type: 'comment', type: 'admin', admin_id: '1', body: 'Ahoj' },
      answer: conversation,
    },
    'close-conversation': {
      endpoint: 'POST /conversations/{conversation_id}/parts',
      see: see('conversations/manageconversation'),
      needs: ['conversation_id', 'admin_id'],
      input: { conversation_id: '147', admin_id: '1' },
      request: 'POST /conversations/147/parts',
      json: { message_type: 'close', type: 'admin', admin_id: '1' },
      answer: conversation,
    },
    'upsert-company': {
      endpoint: 'POST /companies',
      see: see('companies/createorupdatecompany'),
      needs: ['company_id'],
      input: { company_id: 'octo', name: 'Octo' },
      json: { company_id: 'octo', name: 'Octo' },
      answer: { type: 'company', id: '63c', company_id: 'octo' },
    },
    'get-company': {
      endpoint: 'GET /companies/{company_id}',
      see: see('companies/retrieveacompanybyid'),
      input: { company_id: '63c' },
      request: 'GET /companies/63c',
      answer: { type: 'company', id: '63c' },
    },
    'track-event': {
      endpoint: 'POST /events',
      see: see('data-events/createdataevent'),
      needs: ['event_name', 'created_at'],
      input: { event_name: 'ordered-door', created_at: 1767225600, user_id: '9' },
      json: { event_name: 'ordered-door', created_at: 1767225600, user_id: '9' },
      status: 202,
      gives: { event_name: 'ordered-door', noted: true },
    },
    'list-admins': {
      endpoint: 'GET /admins',
      see: see('admins/listadmins'),
      onePage: true,
      pages: [['GET /admins', { type: 'admin.list', admins: [{ type: 'admin', id: '1', name: 'Ann' }] }]],
      from: '/admins',
    },
  },
});
