// Written from SendGrid's public reference, version 3.

import {
  connectionCases,
  endingCases,
  exchangeTable,
  type Row,
  subscribeCase,
  subscriptionsCase,
} from '@sluice/testing/acceptance';

const see = (page: string) => `https://www.twilio.com/docs/sendgrid/api-reference/${page}`;
const listed = { id: 'l1', name: 'Doors' };
const contact = { id: 'c1', email: 'ann@example.com' };
const settings = { settings: { host: 'api.sendgrid.com' } };
const flags = {
  processed: false,
  dropped: false,
  delivered: true,
  deferred: false,
  bounce: false,
  open: false,
  click: false,
  spam_report: false,
  unsubscribe: false,
  group_unsubscribe: false,
  group_resubscribe: false,
};
const pages = (request: string, size: number, item: object): Row['pages'] => {
  const first = `${request}${request.includes('?') ? '&' : '?'}page_size=${size}`;
  return [
    [
      first,
      { result: [item], _metadata: { next: 'https://api.sendgrid.com/v3/x?page_size=1&page_token=t2', count: 2 } },
      'page_size=1&page_token=t2',
    ],
    [`${request.split('?')[0]}?page_size=1&page_token=t2`, { result: [item], _metadata: { count: 2 } }],
  ];
};
const suppressed = (at: string, page: string): Row => {
  const item = { email: 'ann@example.com', created: 1767225600 };
  const request = `GET /v3/suppression/${at}?start_time=1767225600&limit=500&offset=`;
  return {
    endpoint: `GET /v3/suppression/${at}`,
    see: see(page),
    input: { start_time: 1767225600 },
    pages: [
      [`${request}0`, Array.from({ length: 500 }, () => item), '500'],
      [`${request}500`, [item]],
    ],
  };
};
const mail = {
  personalizations: [{ to: [{ email: 'ann@example.com' }] }],
  from: { email: 'doors@example.com', name: 'Dveře' },
  subject: 'Ahoj 🚪',
  content: [{ type: 'text/plain', value: 'Ahoj' }],
};

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.sendgrid.com',
    applications: {
      sendgrid: {
        settings: { ...settings, credentials: { token: 'SG.1' } },
        headers: { accept: 'application/json', authorization: 'Bearer SG.1' },
      },
    },
    always: [
      {
        title: 'too many requests',
        answer: {
          status: 429,
          headers: { 'x-ratelimit-reset': '1767225630' },
          json: { errors: [{ field: null, message: 'too many requests' }] },
        },
        outcome: { kind: 'limit', after: 30, says: 'too many requests' },
      },
      {
        title: 'in trouble',
        answer: { status: 500, json: { errors: [{ message: 'Internal server error' }] } },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not as SendGrid wants it',
        answer: {
          status: 400,
          json: { errors: [{ message: 'The from email does not contain a valid address.', field: 'from.email' }] },
        },
        outcome: {
          kind: 'fail',
          code: 'sendgrid.invalid',
          says: 'from.email: The from email does not contain a valid address.',
        },
      },
      {
        title: 'a key that may not',
        answer: { status: 403, json: { errors: [{ message: 'access forbidden' }] } },
        outcome: { kind: 'fail', code: 'sendgrid.forbidden', says: 'access forbidden' },
      },
    ],
  },
  application: [
    ...connectionCases(
      'GET /v3/scopes',
      { scopes: ['mail.send', 'alerts.read'] },
      'Connected; the key has 2 scopes and may send.',
      {
        status: 401,
        answer: { errors: [{ message: 'The provided authorization grant is invalid' }] },
        fails: 'sendgrid.bad_credentials: grant is invalid',
      },
    ),
    subscribeCase(
      'delivered',
      {},
      {
        request: 'POST /v3/user/webhooks/event/settings',
        json: {
          enabled: true,
          url: 'https://sluice.example.com/hooks/1',
          friendly_name: 'Sluice: An e-mail is delivered',
          ...flags,
        },
      },
      { id: 'w1' },
      { reference: { webhook: 'w1' } },
    ),
    ...endingCases('delivered', { webhook: 'w1' }, 'DELETE /v3/user/webhooks/event/settings/w1'),
    subscriptionsCase(
      'delivered',
      'GET /v3/user/webhooks/event/settings/all',
      {
        max_allowed: 5,
        webhooks: [
          { id: 'w1', url: 'https://a.example.com', ...flags },
          { id: 'w2', url: 'https://b.example.com', ...flags, delivered: false },
        ],
      },
      [{ reference: { webhook: 'w1' }, url: 'https://a.example.com' }],
    ),
  ],
  connectors: {
    'send-mail': {
      endpoint: 'POST /v3/mail/send',
      see: see('mail-send/mail-send'),
      needs: ['personalizations', 'from'],
      input: { ...mail, more: 1 },
      json: mail,
      status: 202,
      answerHeaders: { 'x-message-id': '14c5' },
      gives: { message_id: '14c5' },
      refused: [[{ ...mail, personalizations: [] }, '/personalizations must NOT have fewer']],
    },
    'upsert-contacts': {
      endpoint: 'PUT /v3/marketing/contacts',
      see: see('contacts/add-or-update-a-contact'),
      needs: ['contacts'],
      input: { contacts: [{ email: 'ann@example.com' }], list_ids: ['l1'] },
      json: { contacts: [{ email: 'ann@example.com' }], list_ids: ['l1'] },
      status: 202,
      answer: { job_id: 'j1' },
    },
    'search-contacts': {
      endpoint: 'POST /v3/marketing/contacts/search',
      see: see('contacts/search-contacts'),
      needs: ['query'],
      onePage: true,
      input: { query: "email LIKE 'ann%'" },
      pages: [
        {
          request: 'POST /v3/marketing/contacts/search',
          json: { query: "email LIKE 'ann%'" },
          answer: { result: [contact], contact_count: 1 },
        },
      ],
      from: '/result',
    },
    'get-contact': {
      endpoint: 'GET /v3/marketing/contacts/{contact_id}',
      see: see('contacts/get-a-contact-by-id'),
      input: { contact_id: 'c1' },
      request: 'GET /v3/marketing/contacts/c1',
      answer: contact,
    },
    'delete-contacts': {
      endpoint: 'DELETE /v3/marketing/contacts',
      see: see('contacts/delete-contacts'),
      needs: ['ids'],
      input: { ids: ['c1', 'c2'] },
      request: 'DELETE /v3/marketing/contacts?ids=c1%2Cc2',
      status: 202,
      answer: { job_id: 'j1' },
    },
    'list-lists': {
      endpoint: 'GET /v3/marketing/lists',
      see: see('lists/get-all-lists'),
      pages: pages('GET /v3/marketing/lists', 1_000, listed)!,
      from: '/result',
    },
    'get-list': {
      endpoint: 'GET /v3/marketing/lists/{list_id}',
      see: see('lists/get-a-list-by-id'),
      input: { list_id: 'l1' },
      request: 'GET /v3/marketing/lists/l1',
      answer: listed,
    },
    'create-list': {
      endpoint: 'POST /v3/marketing/lists',
      see: see('lists/create-list'),
      needs: ['name'],
      input: { name: 'Doors' },
      json: { name: 'Doors' },
      status: 201,
      answer: listed,
    },
    'update-list': {
      endpoint: 'PATCH /v3/marketing/lists/{list_id}',
      see: see('lists/update-list'),
      input: { list_id: 'l1', name: 'Gates' },
      request: 'PATCH /v3/marketing/lists/l1',
      json: { name: 'Gates' },
      answer: listed,
    },
    'delete-list': {
      endpoint: 'DELETE /v3/marketing/lists/{list_id}',
      see: see('lists/delete-a-list'),
      input: { list_id: 'l1' },
      request: 'DELETE /v3/marketing/lists/l1',
      status: 204,
      gives: { list_id: 'l1', deleted: true },
    },
    'list-bounces': suppressed('bounces', 'bounces-api/retrieve-all-bounces'),
    'list-blocks': suppressed('blocks', 'blocks-api/retrieve-all-blocks'),
    'list-spam-reports': suppressed('spam_reports', 'spam-reports-api/retrieve-all-spam-reports'),
    'list-unsubscribes': suppressed(
      'unsubscribes',
      'suppressions-global-suppressions/retrieve-all-global-suppressions',
    ),
    'delete-bounce': {
      endpoint: 'DELETE /v3/suppression/bounces/{email}',
      see: see('bounces-api/delete-a-bounce'),
      input: { email: 'ann@example.com' },
      request: 'DELETE /v3/suppression/bounces/ann%40example.com',
      status: 204,
      gives: { email: 'ann@example.com', deleted: true },
    },
    'add-unsubscribes': {
      endpoint: 'POST /v3/asm/suppressions/global',
      see: see('suppressions-global-suppressions/add-recipient-addresses-to-the-global-suppression-group'),
      needs: ['recipient_emails'],
      input: { recipient_emails: ['ann@example.com'] },
      json: { recipient_emails: ['ann@example.com'] },
      status: 201,
      answer: { recipient_emails: ['ann@example.com'] },
    },
    'delete-unsubscribe': {
      endpoint: 'DELETE /v3/asm/suppressions/global/{email}',
      see: see('suppressions-global-suppressions/delete-a-global-suppression'),
      input: { email: 'ann@example.com' },
      request: 'DELETE /v3/asm/suppressions/global/ann%40example.com',
      status: 204,
      gives: { email: 'ann@example.com', deleted: true },
    },
    'list-templates': {
      endpoint: 'GET /v3/templates',
      see: see('transactional-templates/retrieve-paged-transactional-templates'),
      input: { generations: 'dynamic' },
      pages: pages('GET /v3/templates?generations=dynamic', 200, listed)!,
      from: '/result',
    },
    'get-template': {
      endpoint: 'GET /v3/templates/{template_id}',
      see: see('transactional-templates/retrieve-a-single-transactional-template'),
      input: { template_id: 'd-1' },
      request: 'GET /v3/templates/d-1',
      answer: { id: 'd-1', name: 'Door' },
    },
    'list-statistics': {
      endpoint: 'GET /v3/stats',
      see: see('stats/retrieve-global-email-statistics'),
      needs: ['start_date'],
      onePage: true,
      input: { start_date: '2026-01-01', aggregated_by: 'month' },
      pages: [
        [
          'GET /v3/stats?start_date=2026-01-01&aggregated_by=month',
          [{ date: '2026-01-01', stats: [{ metrics: { requests: 1 } }] }],
        ],
      ],
    },
  },
});
