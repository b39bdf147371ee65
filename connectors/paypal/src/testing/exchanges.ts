// What PayPal's reference of its REST API says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developer.paypal.com/docs/api/${page}`;
/** What makes a repeat known. */
const ONCE = { 'paypal-request-id': 'test-1' };

const order = (id: string) => ({
  id,
  status: 'CREATED',
  links: [{ rel: 'payer-action', href: 'https://www.paypal.com/checkoutnow?token=1' }],
});
const money = { currency_code: 'EUR', value: '121.00' };
const state = (id: string, status: string) => ({ id, status });
const units = [{ amount: money, invoice_id: '1001' }];
const problem = (name: string, message: string, details: Record<string, string>[] = []) => ({
  name,
  message,
  debug_id: 'd1',
  details: [...details],
});
const hook = {
  id: 'WH-1',
  url: 'https://sluice.example.com/hooks/1',
  event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }],
};
const HOOKS = '/v1/notifications/webhooks';
const asked = (method: 'GET' | 'DELETE', path: string) => ({ request: `${method} ${path}` });

const act = (
  path: string,
  page: string,
  done: string,
  json: Readonly<Record<string, unknown>>,
  needs: readonly string[] = ['id'],
) => ({
  endpoint: `POST ${path.replace('ID', '{id}')}`,
  see: see(page),
  needs,
  input: { id: 'I-1', ...json },
  request: `POST ${path.replace('ID', 'I-1')}`,
  headers: ONCE,
  json: json,
  status: 204,
  gives: { id: 'I-1', [done]: true },
});
const get = (path: string, page: string, answer: object) => ({
  endpoint: `GET ${path.replace('ID', '{id}')}`,
  see: see(page),
  input: { id: 'I-1' },
  ...asked('GET', path.replace('ID', 'I-1')),
  answer: answer,
});

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api-m.paypal.com',
    applications: {
      paypal: {
        settings: { credentials: { clientId: 'c', clientSecret: 's' }, settings: { host: 'api-m.paypal.com' } },
        token: 'at-1',
        headers: { authorization: 'Bearer at-1' },
      },
    },
    headers: { accept: 'application/json', prefer: 'return=representation' },
    tokenRefused: {
      status: 401,
      json: { error: 'invalid_token', error_description: 'Token signature verification failed' },
    },
    always: [
      {
        title: 'one that is not there',
        answer: {
          status: 404,
          json: problem('RESOURCE_NOT_FOUND', 'The specified resource does not exist.', [
            { issue: 'INVALID_RESOURCE_ID', description: 'Specified resource ID does not exist.' },
          ]),
        },
        outcome: {
          kind: 'fail',
          code: 'paypal.resource_not_found',
          says: 'RESOURCE_NOT_FOUND; The specified resource does not exist.; INVALID_RESOURCE_ID',
        },
      },
      {
        title: 'what cannot be done',
        answer: {
          status: 422,
          json: problem('UNPROCESSABLE_ENTITY', 'The requested action could not be performed.', [
            { issue: 'ORDER_NOT_APPROVED', description: 'Payer has not yet approved the Order.' },
          ]),
        },
        outcome: { kind: 'fail', code: 'paypal.order_not_approved', says: 'Payer has not yet approved' },
      },
      {
        title: 'a wrong value',
        answer: {
          status: 400,
          json: problem('INVALID_REQUEST', 'Request is not well-formed.', [
            { field: '/intent', issue: 'MISSING_REQUIRED_PARAMETER' },
          ]),
        },
        outcome: { kind: 'fail', code: 'paypal.invalid_request', says: '/intent MISSING_REQUIRED_PARAMETER' },
      },
      {
        title: 'an app that may not',
        answer: {
          status: 403,
          json: problem('NOT_AUTHORIZED', 'Authorization failed due to insufficient permissions.'),
        },
        outcome: { kind: 'fail', code: 'paypal.not_authorized', says: 'insufficient permissions' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem('RATE_LIMIT_REACHED', 'Too many requests.') },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'PayPal in trouble',
        answer: { status: 500, json: problem('INTERNAL_SERVER_ERROR', 'An internal server error has occurred.') },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: 'GET /v1/notifications/webhooks-event-types',
          answer: { json: { event_types: [{ name: 'A' }, { name: 'B' }] } },
        },
      ],
      answers: { detail: 'Connected: PayPal offers 2 events.' },
    },
    {
      title: 'an app that may not',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: 'GET /v1/notifications/webhooks-event-types',
          answer: {
            status: 403,
            json: problem('NOT_AUTHORIZED', 'Authorization failed due to insufficient permissions.'),
          },
        },
      ],
      fails: { code: 'paypal.not_authorized', says: 'insufficient permissions' },
    },
    {
      title: 'R17: an event is subscribed to',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'PAYMENT.CAPTURE.COMPLETED',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's',
        parameters: {},
      },
      exchanges: [
        {
          request: `POST ${HOOKS}`,
          json: { url: 'https://sluice.example.com/hooks/1', event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }] },
          answer: { status: 201, json: hook },
        },
      ],
      answers: { reference: { webhook: 'WH-1' } },
    },
    {
      title: 'R17: a webhook is ended',
      invoke: { operation: 'webhook.unsubscribe', event: 'PAYMENT.CAPTURE.COMPLETED', reference: { webhook: 'WH-1' } },
      exchanges: [{ request: `DELETE ${HOOKS}/WH-1`, answer: { status: 204 } }],
    },
    {
      title: 'a webhook that is gone is ended as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'PAYMENT.CAPTURE.COMPLETED', reference: { webhook: 'WH-1' } },
      exchanges: [
        {
          request: `DELETE ${HOOKS}/WH-1`,
          answer: { status: 404, json: problem('INVALID_RESOURCE_ID', 'The requested resource ID was not found') },
        },
      ],
    },
    {
      title: 'R17: webhooks are listed, those of the event',
      invoke: { operation: 'webhook.list', event: 'PAYMENT.CAPTURE.COMPLETED' },
      exchanges: [
        {
          request: `GET ${HOOKS}`,
          answer: {
            json: { webhooks: [hook, { id: 'WH-2', url: 'https://other.example.com', event_types: [{ name: '*' }] }] },
          },
        },
      ],
      answers: [{ reference: { webhook: 'WH-1' }, url: 'https://sluice.example.com/hooks/1' }],
    },
  ],
  connectors: {
    'create-order': {
      endpoint: 'POST /v2/checkout/orders',
      see: see('orders/v2/#orders_create'),
      needs: ['intent', 'purchase_units'],
      input: {
        intent: 'CAPTURE',
        purchase_units: units,
        payment_source: { paypal: { experience_context: { return_url: 'https://shop.example.com' } } },
        more: 1,
      },
      headers: ONCE,
      json: {
        intent: 'CAPTURE',
        purchase_units: units,
        payment_source: { paypal: { experience_context: { return_url: 'https://shop.example.com' } } },
      },
      status: 201,
      answer: order('O-1'),
      refused: [
        [{ intent: 'BUY', purchase_units: units }, '/intent must be equal to one of'],
        [{ intent: 'CAPTURE', purchase_units: [] }, '/purchase_units must NOT have fewer'],
      ],
    },
    'get-order': get('/v2/checkout/orders/ID', 'orders/v2/#orders_get', order('I-1')),
    'capture-order': {
      endpoint: 'POST /v2/checkout/orders/{id}/capture',
      see: see('orders/v2/#orders_capture'),
      input: { id: 'O-1' },
      request: 'POST /v2/checkout/orders/O-1/capture',
      headers: ONCE,
      json: {},
      status: 201,
      answer: state('O-1', 'COMPLETED'),
    },
    'authorize-order': {
      endpoint: 'POST /v2/checkout/orders/{id}/authorize',
      see: see('orders/v2/#orders_authorize'),
      input: { id: 'O-1', payment_source: { token: { id: 't' } } },
      needs: ['id'],
      request: 'POST /v2/checkout/orders/O-1/authorize',
      headers: ONCE,
      json: { payment_source: { token: { id: 't' } } },
      status: 201,
      answer: state('O-1', 'COMPLETED'),
    },
    'get-authorization': get(
      '/v2/payments/authorizations/ID',
      'payments/v2/#authorizations_get',
      state('I-1', 'CREATED'),
    ),
    'capture-authorization': {
      endpoint: 'POST /v2/payments/authorizations/{id}/capture',
      see: see('payments/v2/#authorizations_capture'),
      needs: ['id'],
      input: { id: 'A-1', amount: money, final_capture: true },
      request: 'POST /v2/payments/authorizations/A-1/capture',
      headers: ONCE,
      json: { amount: money, final_capture: true },
      status: 201,
      answer: state('C-1', 'COMPLETED'),
      refused: [[{ id: 'A-1', amount: { currency_code: 'EUR', value: 5 } }, '/amount/value must be string']],
    },
    'void-authorization': act('/v2/payments/authorizations/ID/void', 'payments/v2/#authorizations_void', 'voided', {}),
    'get-capture': get('/v2/payments/captures/ID', 'payments/v2/#captures_get', state('I-1', 'COMPLETED')),
    'refund-capture': {
      endpoint: 'POST /v2/payments/captures/{id}/refund',
      see: see('payments/v2/#captures_refund'),
      needs: ['id'],
      input: { id: 'C-1', amount: money, note_to_payer: 'Scratched' },
      request: 'POST /v2/payments/captures/C-1/refund',
      headers: ONCE,
      json: { amount: money, note_to_payer: 'Scratched' },
      status: 201,
      answer: state('R-1', 'COMPLETED'),
      more: [
        {
          title: 'all of it',
          input: { id: 'C-1' },
          request: 'POST /v2/payments/captures/C-1/refund',
          headers: ONCE,
          json: {},
          status: 201,
          answer: state('R-1', 'COMPLETED'),
        },
      ],
    },
    'get-refund': get('/v2/payments/refunds/ID', 'payments/v2/#refunds_get', state('I-1', 'COMPLETED')),
    'list-invoices': {
      endpoint: 'GET /v2/invoicing/invoices',
      see: see('invoicing/v2/#invoices_list'),
      from: '/items',
      pages: [
        [
          'GET /v2/invoicing/invoices?total_required=true&page_size=100&page=1',
          { total_pages: 2, items: [state('I-1', 'DRAFT')] },
          '2',
        ],
        [
          'GET /v2/invoicing/invoices?total_required=true&page_size=100&page=2',
          { total_pages: 2, items: [state('I-2', 'SENT')] },
        ],
      ],
    },
    'create-invoice': {
      endpoint: 'POST /v2/invoicing/invoices',
      see: see('invoicing/v2/#invoices_create'),
      needs: ['detail'],
      input: { detail: { currency_code: 'EUR' }, items: [{ name: 'Door' }] },
      headers: ONCE,
      json: { detail: { currency_code: 'EUR' }, items: [{ name: 'Door' }] },
      status: 201,
      answer: state('I-3', 'DRAFT'),
    },
    'get-invoice': get('/v2/invoicing/invoices/ID', 'invoicing/v2/#invoices_get', state('I-1', 'DRAFT')),
    'send-invoice': {
      ...act('/v2/invoicing/invoices/ID/send', 'invoicing/v2/#invoices_send', 'sent', {
        subject: 'Invoice',
        send_to_recipient: true,
      }),
      status: 202,
      answer: { rel: 'self' },
    },
    'remind-invoice': act('/v2/invoicing/invoices/ID/remind', 'invoicing/v2/#invoices_remind', 'reminded', {
      note: 'Please pay',
    }),
    'cancel-invoice': act('/v2/invoicing/invoices/ID/cancel', 'invoicing/v2/#invoices_cancel', 'cancelled', {}),
    'delete-invoice': {
      endpoint: 'DELETE /v2/invoicing/invoices/{id}',
      see: see('invoicing/v2/#invoices_delete'),
      input: { id: 'I-1' },
      ...asked('DELETE', '/v2/invoicing/invoices/I-1'),
      headers: ONCE,
      status: 204,
      gives: { id: 'I-1', deleted: true },
    },
    'create-payout': {
      endpoint: 'POST /v1/payments/payouts',
      see: see('payments.payouts-batch/v1/#payouts_post'),
      needs: ['sender_batch_header', 'items'],
      input: {
        sender_batch_header: { sender_batch_id: 'B1' },
        items: [{ recipient_type: 'EMAIL', receiver: 'ann@acme.example', amount: { currency: 'EUR', value: '5.00' } }],
      },
      headers: ONCE,
      json: {
        sender_batch_header: { sender_batch_id: 'B1' },
        items: [{ recipient_type: 'EMAIL', receiver: 'ann@acme.example', amount: { currency: 'EUR', value: '5.00' } }],
      },
      status: 201,
      answer: { batch_header: { payout_batch_id: 'PB1', batch_status: 'PENDING' } },
    },
    'get-payout': get('/v1/payments/payouts/ID', 'payments.payouts-batch/v1/#payouts_get', {
      batch_header: { batch_status: 'SUCCESS' },
      items: [],
    }),
    'list-products': {
      endpoint: 'GET /v1/catalogs/products',
      see: see('catalog-products/v1/#products_list'),
      from: '/products',
      pages: [
        [
          'GET /v1/catalogs/products?total_required=true&page_size=20&page=1',
          { total_pages: 2, products: [{ id: 'P1', name: 'Door' }] },
          '2',
        ],
        [
          'GET /v1/catalogs/products?total_required=true&page_size=20&page=2',
          { total_pages: 2, products: [{ id: 'P2', name: 'Gate' }] },
        ],
      ],
    },
    'create-product': {
      endpoint: 'POST /v1/catalogs/products',
      see: see('catalog-products/v1/#products_create'),
      needs: ['name', 'type'],
      input: { name: 'Door', type: 'PHYSICAL' },
      headers: ONCE,
      json: { name: 'Door', type: 'PHYSICAL' },
      status: 201,
      answer: { id: 'P3', name: 'Door' },
    },
    'list-plans': {
      endpoint: 'GET /v1/billing/plans',
      see: see('subscriptions/v1/#plans_list'),
      from: '/plans',
      input: { product_id: 'P1' },
      pages: [
        [
          'GET /v1/billing/plans?total_required=true&product_id=P1&page_size=20&page=1',
          { total_pages: 2, plans: [state('PL1', 'ACTIVE')] },
          '2',
        ],
        [
          'GET /v1/billing/plans?total_required=true&product_id=P1&page_size=20&page=2',
          { total_pages: 2, plans: [state('PL2', 'ACTIVE')] },
        ],
      ],
    },
    'create-subscription': {
      endpoint: 'POST /v1/billing/subscriptions',
      see: see('subscriptions/v1/#subscriptions_create'),
      needs: ['plan_id'],
      input: { plan_id: 'PL1', quantity: '2', start_time: '2026-02-01T00:00:00Z' },
      headers: ONCE,
      json: { plan_id: 'PL1', quantity: '2', start_time: '2026-02-01T00:00:00Z' },
      status: 201,
      answer: state('S-1', 'APPROVAL_PENDING'),
    },
    'get-subscription': get(
      '/v1/billing/subscriptions/ID',
      'subscriptions/v1/#subscriptions_get',
      state('I-1', 'ACTIVE'),
    ),
    'cancel-subscription': act(
      '/v1/billing/subscriptions/ID/cancel',
      'subscriptions/v1/#subscriptions_cancel',
      'cancelled',
      { reason: 'Moved' },
      ['id', 'reason'],
    ),
    'suspend-subscription': act(
      '/v1/billing/subscriptions/ID/suspend',
      'subscriptions/v1/#subscriptions_suspend',
      'suspended',
      { reason: 'Holiday' },
      ['id', 'reason'],
    ),
    'activate-subscription': act(
      '/v1/billing/subscriptions/ID/activate',
      'subscriptions/v1/#subscriptions_activate',
      'activated',
      { reason: 'Back' },
      ['id', 'reason'],
    ),
    'list-transactions': {
      endpoint: 'GET /v1/reporting/transactions',
      see: see('transaction-search/v1/#search_get'),
      from: '/transaction_details',
      needs: ['start_date', 'end_date'],
      input: {
        start_date: '2026-01-01T00:00:00Z',
        end_date: '2026-01-31T00:00:00Z',
        transaction_status: 'S',
        fields: 'all',
      },
      pages: [
        [
          'GET /v1/reporting/transactions?start_date=2026-01-01T00:00:00Z&end_date=2026-01-31T00:00:00Z&transaction_status=S&fields=all&page_size=500&page=1',
          { total_pages: 2, transaction_details: [{ transaction_info: { transaction_id: 'T1' } }] },
          '2',
        ],
        [
          'GET /v1/reporting/transactions?start_date=2026-01-01T00:00:00Z&end_date=2026-01-31T00:00:00Z&transaction_status=S&fields=all&page_size=500&page=2',
          { total_pages: 2, transaction_details: [{ transaction_info: { transaction_id: 'T2' } }] },
        ],
      ],
      refused: [[{ start_date: '2026-01-01', end_date: '2026-01-02' }, '/start_date must match pattern']],
    },
  },
});
