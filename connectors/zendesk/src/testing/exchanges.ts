// Written from Zendesk's public reference, version 2.

import {
  connectionCases,
  endingCases,
  exchangeTable,
  type Row,
  subscribeCase,
  subscriptionsCase,
} from '@sluice/testing/acceptance';

const API = '/api/v2';
const see = (page: string) => `https://developer.zendesk.com/api-reference/ticketing/${page}`;
const ticket = { id: 35, subject: 'Door 7', status: 'new' };
const user = { id: 7, name: 'Ann' };
const organization = { id: 5, name: 'Octo' };
const settings = { settings: { subdomain: 'octo' } };
const basic = `Basic ${Buffer.from('ann@example.com/token:t1').toString('base64')}`;

const pages = (name: string, request: string, item: object): Row['pages'] => {
  const size = `${request.includes('?') ? '&' : '?'}page%5Bsize%5D=100`;
  return [
    [`${request}${size}`, { [name]: [item], meta: { has_more: true, after_cursor: 'aC==' }, links: {} }, 'aC=='],
    [`${request}${size}&page%5Bafter%5D=aC%3D%3D`, { [name]: [item], meta: { has_more: false, after_cursor: 'aD==' } }],
  ];
};
/** The five of one kind: what is written at first, and what is changed. */
const five = (
  one: string,
  page: string,
  item: { id: number },
  made: object,
  needs: readonly string[],
  changed: object,
): Record<string, Row> => {
  const [many, id] = [`${API}/${one}s`, `${one}_id`];
  const at = { endpoint: `${many}/{${id}}`, request: `${many}/${item.id}`, input: { [id]: item.id } };
  const answer = { [one]: item };
  return {
    [`list-${one}s`]: {
      endpoint: `GET ${many}`,
      see: see(page),
      pages: pages(`${one}s`, `GET ${many}`, item)!,
      from: `/${one}s`,
    },
    [`get-${one}`]: {
      ...at,
      endpoint: `GET ${at.endpoint}`,
      see: see(page),
      request: `GET ${at.request}`,
      answer,
      from: `/${one}`,
    },
    [`create-${one}`]: {
      endpoint: `POST ${many}`,
      see: see(page),
      needs,
      input: { ...made, more: 1 },
      json: { [one]: made },
      status: 201,
      answer,
      from: `/${one}`,
    },
    [`update-${one}`]: {
      endpoint: `PUT ${at.endpoint}`,
      see: see(page),
      input: { ...at.input, ...changed },
      request: `PUT ${at.request}`,
      json: { [one]: changed },
      answer,
      from: `/${one}`,
    },
    [`delete-${one}`]: {
      ...at,
      endpoint: `DELETE ${at.endpoint}`,
      see: see(page),
      request: `DELETE ${at.request}`,
      status: 204,
      gives: { [id]: item.id, deleted: true },
    },
  };
};

export const exchanges = exchangeTable({
  service: {
    origin: 'https://octo.zendesk.com',
    headers: { accept: 'application/json' },
    applications: {
      zendesk: { settings, token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'zendesk-token': {
        settings: { ...settings, credentials: { user: 'ann@example.com', password: 't1' } },
        headers: { authorization: basic },
      },
    },
    always: [
      {
        title: 'too many requests',
        answer: { status: 429, headers: { 'retry-after': '93' }, text: 'Rate limit for ticket updates exceeded' },
        outcome: { kind: 'limit', after: 93, says: 'exceeded' },
      },
      {
        title: 'in trouble',
        answer: { status: 503, headers: { 'retry-after': '60' }, text: 'Maintenance' },
        outcome: { kind: 'redeliver', after: 60 },
      },
      {
        title: 'not there',
        answer: { status: 404, json: { error: 'RecordNotFound', description: 'Not found' } },
        outcome: { kind: 'fail', code: 'zendesk.not_found', says: 'RecordNotFound; Not found' },
      },
      {
        title: 'not as Zendesk wants it',
        answer: {
          status: 422,
          json: {
            error: 'RecordInvalid',
            description: 'Record validation errors',
            details: { email: [{ description: 'Email: ann is not valid' }] },
          },
        },
        outcome: { kind: 'fail', code: 'zendesk.invalid', says: 'email: Email: ann is not valid' },
      },
      {
        title: 'not allowed',
        answer: {
          status: 403,
          json: { error: { title: 'Forbidden', message: 'You do not have access to this page.' } },
        },
        outcome: { kind: 'fail', code: 'zendesk.forbidden', says: 'You do not have access' },
      },
    ],
  },
  application: [
    ...connectionCases(`GET ${API}/users/me`, { user }, 'Connected as Ann.', {
      status: 200,
      answer: { user: { id: null, name: 'Anonymous user' } },
      fails: 'zendesk.bad_credentials: who asks',
    }),
    {
      ...subscribeCase('ticket.created', {}, '', null, { reference: { webhook: '01H' }, secret: 'dGhpcw==' }),
      exchanges: [
        {
          request: `POST ${API}/webhooks`,
          json: {
            webhook: {
              name: 'Sluice: A ticket is made',
              status: 'active',
              endpoint: 'https://sluice.example.com/hooks/1',
              http_method: 'POST',
              request_format: 'json',
              subscriptions: ['zen:event-type:ticket.created'],
            },
          },
          answer: { status: 201, json: { webhook: { id: '01H' } } },
        },
        {
          request: `GET ${API}/webhooks/01H/signing_secret`,
          answer: { json: { signing_secret: { algorithm: 'SHA256', secret: 'dGhpcw==' } } },
        },
      ],
    },
    ...endingCases('ticket.created', { webhook: '01H' }, `DELETE ${API}/webhooks/01H`),
    subscriptionsCase(
      'ticket.created',
      `GET ${API}/webhooks?page%5Bsize%5D=100`,
      {
        webhooks: [
          { id: '01H', endpoint: 'https://a.example.com', subscriptions: ['zen:event-type:ticket.created'] },
          { id: '02H', endpoint: 'https://b.example.com', subscriptions: ['conditional_ticket_events'] },
        ],
      },
      [{ reference: { webhook: '01H' }, url: 'https://a.example.com' }],
    ),
  ],
  connectors: {
    ...five(
      'ticket',
      'tickets/tickets/',
      ticket,
      { subject: 'Dveře 🚪', comment: { body: 'Ahoj' }, priority: 'high', tags: ['oak'] },
      ['comment'],
      { status: 'solved', comment: { body: 'Done', public: false } },
    ),
    'list-comments': {
      endpoint: `GET ${API}/tickets/{ticket_id}/comments`,
      see: see('tickets/ticket_comments/'),
      input: { ticket_id: 35 },
      pages: pages('comments', `GET ${API}/tickets/35/comments`, { id: 1, body: 'Ahoj' })!,
      from: '/comments',
    },
    'list-changed-tickets': {
      endpoint: `GET ${API}/incremental/tickets/cursor`,
      see: see('ticket-management/incremental_exports/'),
      needs: ['start_time'],
      input: { start_time: 1767225600 },
      from: '/tickets',
      pages: [
        [
          `GET ${API}/incremental/tickets/cursor?start_time=1767225600`,
          { tickets: [ticket], after_cursor: 'MTU=', end_of_stream: false },
          'MTU=',
        ],
        [
          `GET ${API}/incremental/tickets/cursor?cursor=MTU%3D`,
          { tickets: [ticket], after_cursor: 'MTY=', end_of_stream: true },
        ],
      ],
    },
    'search-records': {
      endpoint: `GET ${API}/search/export`,
      see: see('ticket-management/search/'),
      needs: ['query', 'kind'],
      input: { query: 'status:open dveře', kind: 'ticket' },
      from: '/results',
      pages: pages('results', `GET ${API}/search/export?query=status%3Aopen+dve%C5%99e&filter%5Btype%5D=ticket`, {
        ...ticket,
        result_type: 'ticket',
      })!,
      refused: [[{ query: 'x', kind: 'door' }, '/kind must be equal to one of']],
    },
    ...five('user', 'users/users/', user, { name: 'Ann', email: 'ann@example.com' }, ['name'], { phone: '+420 123' }),
    'upsert-user': {
      endpoint: `POST ${API}/users/create_or_update`,
      see: see('users/users/'),
      needs: ['name'],
      input: { name: 'Ann', external_id: '9' },
      json: { user: { name: 'Ann', external_id: '9' } },
      answer: { user },
      from: '/user',
    },
    ...five(
      'organization',
      'organizations/organizations/',
      organization,
      { name: 'Octo', domain_names: ['octo.example.com'] },
      ['name'],
      { notes: 'Oak' },
    ),
  },
});
