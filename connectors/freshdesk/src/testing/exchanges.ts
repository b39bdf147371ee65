// Written from Freshdesk's public reference, version 2.

import { connectionCases, exchangeTable, type Row } from '@sluice/testing/acceptance';

const API = '/api/v2';
const see = (anchor: string) => `https://developers.freshdesk.com/api/#${anchor}`;
const ticket = { id: 35, subject: 'Door 7', status: 2 };
const said = { id: 4, body: '<div>Ahoj</div>' };
const item = { id: 7, name: 'Ann' };
const pages = (request: string, one: object): Row['pages'] => {
  const size = `${request.includes('?') ? '&' : '?'}per_page=100`;
  return [
    {
      request: `${request}${size}`,
      answer: [one],
      headers: { link: `<https://octo.freshdesk.com${request.split(' ')[1]}${size}&page=2>; rel="next"` },
      cursor: `${(request + size).split('?')[1]}&page=2`,
    },
    { request: `${request}${size}&page=2`, answer: [one] },
  ];
};
const five = (
  one: string,
  many: string,
  made: object,
  needs: readonly string[],
  changed: object,
  given: object,
  filter = '',
  input = {},
): Record<string, Row> => {
  const [all, id] = [`${API}/${many}`, `${one}_id`];
  return {
    [`list-${many}`]: { endpoint: `GET ${all}`, see: see(many), input, pages: pages(`GET ${all}${filter}`, given)! },
    [`get-${one}`]: {
      endpoint: `GET ${all}/{${id}}`,
      see: see(many),
      input: { [id]: 7 },
      request: `GET ${all}/7`,
      answer: given,
    },
    [`create-${one}`]: {
      endpoint: `POST ${all}`,
      see: see(many),
      needs,
      input: { ...made, more: 1 },
      json: made,
      status: 201,
      answer: given,
    },
    [`update-${one}`]: {
      endpoint: `PUT ${all}/{${id}}`,
      see: see(many),
      input: { [id]: 7, ...changed },
      request: `PUT ${all}/7`,
      json: changed,
      answer: given,
    },
    [`delete-${one}`]: {
      endpoint: `DELETE ${all}/{${id}}`,
      see: see(many),
      input: { [id]: 7 },
      request: `DELETE ${all}/7`,
      status: 204,
      gives: { [id]: 7, deleted: true },
    },
  };
};

export const exchanges = exchangeTable({
  service: {
    origin: 'https://octo.freshdesk.com',
    headers: { accept: 'application/json' },
    applications: {
      freshdesk: {
        settings: { credentials: { user: 'k1' }, settings: { domain: 'octo' } },
        headers: { authorization: `Basic ${Buffer.from('k1:X').toString('base64')}` },
      },
    },
    always: [
      {
        title: 'too many requests',
        answer: {
          status: 429,
          headers: { 'retry-after': '20' },
          json: { message: 'You have exceeded the limit of requests per hour' },
        },
        outcome: { kind: 'limit', after: 20, says: 'exceeded' },
      },
      { title: 'in trouble', answer: { status: 500, text: '' }, outcome: { kind: 'redeliver' } },
      {
        title: 'not there',
        answer: { status: 404 },
        outcome: { kind: 'fail', code: 'freshdesk.not_found', says: '404' },
      },
      {
        title: 'not as Freshdesk wants it',
        answer: {
          status: 400,
          json: {
            description: 'Validation failed',
            errors: [{ field: 'email', message: 'It should be a valid email address', code: 'invalid_value' }],
          },
        },
        outcome: {
          kind: 'fail',
          code: 'freshdesk.invalid',
          says: 'Validation failed; email: It should be a valid email address',
        },
      },
      {
        title: 'a key that is none',
        answer: {
          status: 401,
          json: { code: 'invalid_credentials', message: 'You have to be logged in to perform this action.' },
        },
        outcome: { kind: 'fail', code: 'freshdesk.bad_credentials', says: 'logged in' },
      },
    ],
  },
  application: connectionCases(`GET ${API}/agents/me`, { id: 1, contact: { name: 'Ann' } }, 'Connected as Ann.', {
    status: 403,
    answer: { code: 'access_denied', message: 'You are not authorized' },
    fails: 'freshdesk.forbidden: You are not authorized',
  }),
  connectors: {
    ...five(
      'ticket',
      'tickets',
      { subject: 'Dveře 🚪', description: '<b>Oak</b>', email: 'ann@example.com', status: 2, priority: 1 },
      ['subject', 'description', 'status', 'priority'],
      { status: 4 },
      ticket,
      '?requester_id=7&updated_since=2026-01-01T00%3A00%3A00Z',
      { requester_id: 7, updated_since: '2026-01-01T00:00:00Z' },
    ),
    'search-tickets': {
      endpoint: `GET ${API}/search/tickets`,
      see: see('filter_tickets'),
      needs: ['query'],
      input: { query: '"status:2"' },
      from: '/results',
      pages: [
        [
          `GET ${API}/search/tickets?query=%22status%3A2%22&page=1`,
          { total: 31, results: Array.from({ length: 30 }, () => ticket) },
          '2',
        ],
        [`GET ${API}/search/tickets?query=%22status%3A2%22&page=2`, { total: 31, results: [ticket] }],
      ],
      refused: [[{ query: 'status:2' }, '/query must match pattern']],
    },
    'list-conversations': {
      endpoint: `GET ${API}/tickets/{ticket_id}/conversations`,
      see: see('list_all_ticket_notes'),
      input: { ticket_id: 7 },
      pages: pages(`GET ${API}/tickets/7/conversations`, said)!,
    },
    'reply-ticket': {
      endpoint: `POST ${API}/tickets/{ticket_id}/reply`,
      see: see('reply_ticket'),
      needs: ['ticket_id', 'body'],
      input: { ticket_id: 7, body: 'Ahoj', cc_emails: ['bob@example.com'] },
      request: `POST ${API}/tickets/7/reply`,
      json: { body: 'Ahoj', cc_emails: ['bob@example.com'] },
      status: 201,
      answer: said,
    },
    'add-note': {
      endpoint: `POST ${API}/tickets/{ticket_id}/notes`,
      see: see('add_note_to_a_ticket'),
      needs: ['ticket_id', 'body'],
      input: { ticket_id: 7, body: 'Ahoj', private: false },
      request: `POST ${API}/tickets/7/notes`,
      json: { body: 'Ahoj', private: false },
      status: 201,
      answer: said,
    },
    ...five(
      'contact',
      'contacts',
      { name: 'Ann', email: 'ann@example.com', company_id: 5 },
      ['name'],
      { phone: '+420 123' },
      item,
      '?email=ann%40example.com',
      { email: 'ann@example.com' },
    ),
    ...five('company', 'companies', { name: 'Octo', domains: ['octo.example.com'] }, ['name'], { note: 'Oak' }, item),
    'list-agents': {
      endpoint: `GET ${API}/agents`,
      see: see('list_all_agents'),
      pages: pages(`GET ${API}/agents`, { id: 1, contact: { name: 'Ann' } })!,
    },
  },
});
