// The endpoints of PayPal's REST API; each family has a version of its own.

import { type Common, type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, record, text } = schema;

/** PayPal does what has one such id once, however often it is asked. */
export const common: Common = { repeats: { header: 'paypal-request-id' } };

const id = { id: text('Its id', { minLength: 1 }) };
const money = (description: string) =>
  object(
    {
      currency_code: text(undefined, { pattern: '^[A-Z]{3}$' }),
      value: text(undefined, { pattern: '^\\d+(\\.\\d+)?$' }),
    },
    ['currency_code', 'value'],
    {
      description: `${description}: currency_code, value as a text`,
    },
  );
const state = record({ id: text(), status: text() });
const reason = { reason: text('Why', { minLength: 1, maxLength: 128 }) };
/** PayPal answers 204. */
const silently = (done: string) => ({
  output: record({ id: text(), [done]: flag() }),
  gives: (input: Readonly<Record<string, unknown>>) => ({ id: input.id, [done]: true }),
});
const act = (one: string, description: string, request: `POST ${string}`, done: string, body = {}): EndpointTable => ({
  [one]: { request, description, path: id, body, always: { body: {} }, ...silently(done) },
});
const time = (description: string) =>
  text(`${description}, as 2026-01-31T00:00:00Z`, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' });
const notice = {
  subject: text('Subject of the e-mail'),
  note: text('Text of the e-mail'),
  send_to_recipient: flag('Whether the customer gets it; default: true'),
  send_to_invoicer: flag('Whether one gets it oneself; default: false'),
};
const invoiceFields = {
  detail: map('invoice_number, currency_code, invoice_date, note, payment_term'),
  invoicer: map('Who sends it: name, address, email_address'),
  primary_recipients: list(map(), 'Who gets it: billing_info, shipping_info'),
  items: list(map(), 'Lines: name, quantity, unit_amount, tax'),
  configuration: map('tax_inclusive, partial_payment, allow_tip'),
  amount: map('breakdown: shipping, discount'),
};
const size = { page_size: 100 };

export const table: EndpointTable = {
  'create-order': {
    request: 'POST /v2/checkout/orders',
    description: 'Make an order; a link in it leads the payer to approve it',
    body: {
      intent: choice(['CAPTURE', 'AUTHORIZE'], 'Whether money is taken at once, or later'),
      purchase_units: list(map(), 'What is paid: amount, reference_id, invoice_id, items', { minItems: 1 }),
      payment_source: map('How it is paid, and where the payer comes back'),
    },
    needs: ['intent', 'purchase_units'],
    output: state,
  },
  'get-order': { request: 'GET /v2/checkout/orders/{id}', description: 'Read an order', path: id, output: state },
  'capture-order': {
    request: 'POST /v2/checkout/orders/{id}/capture',
    description: 'Take the money of an approved order',
    path: id,
    body: { payment_source: map('How it is paid') },
    always: { body: {} },
    output: state,
  },
  'authorize-order': {
    request: 'POST /v2/checkout/orders/{id}/authorize',
    description: 'Reserve the money of an approved order',
    path: id,
    body: { payment_source: map('How it is paid') },
    always: { body: {} },
    output: state,
  },
  'get-authorization': {
    request: 'GET /v2/payments/authorizations/{id}',
    description: 'Read a reserved payment',
    path: id,
    output: state,
  },
  'capture-authorization': {
    request: 'POST /v2/payments/authorizations/{id}/capture',
    description: 'Take reserved money, or a part of it',
    path: id,
    body: {
      amount: money('Amount; default: all'),
      final_capture: flag('Whether the rest is let go'),
      invoice_id: text('Number of the invoice'),
      note_to_payer: text('Note for the payer'),
    },
    always: { body: {} },
    output: state,
  },
  'void-authorization': {
    request: 'POST /v2/payments/authorizations/{id}/void',
    description: 'Let reserved money go',
    path: id,
    always: { body: {} },
    ...silently('voided'),
  },
  'get-capture': { request: 'GET /v2/payments/captures/{id}', description: 'Read a payment', path: id, output: state },
  'refund-capture': {
    request: 'POST /v2/payments/captures/{id}/refund',
    description: 'Give a payment back, or a part of it',
    path: id,
    body: {
      amount: money('Amount; default: all'),
      invoice_id: text('Number of the invoice'),
      note_to_payer: text('Note for the payer'),
    },
    always: { body: {} },
    output: state,
  },
  'get-refund': { request: 'GET /v2/payments/refunds/{id}', description: 'Read a refund', path: id, output: state },
  'list-invoices': {
    request: 'GET /v2/invoicing/invoices',
    description: 'Invoices, one message each',
    always: { query: { total_required: true } },
    from: '/items',
    paging: paging.numbered({ size, pages: '/total_pages' }),
    output: state,
  },
  'create-invoice': {
    request: 'POST /v2/invoicing/invoices',
    description: 'Make a draft of an invoice',
    body: invoiceFields,
    needs: ['detail'],
    output: state,
  },
  'get-invoice': {
    request: 'GET /v2/invoicing/invoices/{id}',
    description: 'Read an invoice',
    path: id,
    output: state,
  },
  'send-invoice': {
    request: 'POST /v2/invoicing/invoices/{id}/send',
    description: 'Send an invoice',
    path: id,
    body: notice,
    always: { body: {} },
    ...silently('sent'),
  },
  ...act(
    'remind-invoice',
    'Remind the customer of an invoice',
    'POST /v2/invoicing/invoices/{id}/remind',
    'reminded',
    notice,
  ),
  ...act(
    'cancel-invoice',
    'Cancel an invoice that was sent',
    'POST /v2/invoicing/invoices/{id}/cancel',
    'cancelled',
    notice,
  ),
  'delete-invoice': {
    request: 'DELETE /v2/invoicing/invoices/{id}',
    description: 'Delete a draft of an invoice',
    path: id,
    ...silently('deleted'),
  },
  'create-payout': {
    request: 'POST /v1/payments/payouts',
    description: 'Pay up to 15 000 people at once',
    body: {
      sender_batch_header: object(
        { sender_batch_id: text(), email_subject: text(), email_message: text() },
        ['sender_batch_id'],
        { description: 'sender_batch_id, taken once in thirty days; email_subject, email_message' },
      ),
      items: list(map(), 'Whom: recipient_type, receiver, amount, note, sender_item_id', {
        minItems: 1,
        maxItems: 15_000,
      }),
    },
    needs: ['sender_batch_header', 'items'],
    output: record({ batch_header: map() }),
  },
  'get-payout': {
    request: 'GET /v1/payments/payouts/{id}',
    description: 'Read a payout with its items',
    path: id,
    output: record({ batch_header: map() }),
  },
  'list-products': {
    request: 'GET /v1/catalogs/products',
    description: 'Products of the catalogue, one message each',
    always: { query: { total_required: true } },
    from: '/products',
    paging: paging.numbered({ size: { page_size: 20 }, pages: '/total_pages' }),
    output: record({ id: text(), name: text() }),
  },
  'create-product': {
    request: 'POST /v1/catalogs/products',
    description: 'Add a product to the catalogue',
    body: {
      id: text('Id of your own'),
      name: text('Name', { minLength: 1 }),
      description: text('Description'),
      type: choice(['PHYSICAL', 'DIGITAL', 'SERVICE'], 'Kind'),
      category: text('Category'),
      home_url: text('Its page'),
    },
    needs: ['name', 'type'],
    output: record({ id: text(), name: text() }),
  },
  'list-plans': {
    request: 'GET /v1/billing/plans',
    description: 'Plans of subscriptions, one message each',
    query: { product_id: text('Only those of this product') },
    always: { query: { total_required: true } },
    from: '/plans',
    paging: paging.numbered({ size: { page_size: 20 }, pages: '/total_pages' }),
    output: state,
  },
  'create-subscription': {
    request: 'POST /v1/billing/subscriptions',
    description: 'Make a subscription; a link in it leads the payer to approve it',
    body: {
      plan_id: text('Id of the plan', { minLength: 1 }),
      start_time: time('When it begins'),
      quantity: text('How many'),
      subscriber: map('name, email_address'),
      application_context: map('return_url, cancel_url, brand_name'),
      custom_id: text('Id of your own'),
    },
    needs: ['plan_id'],
    output: state,
  },
  'get-subscription': {
    request: 'GET /v1/billing/subscriptions/{id}',
    description: 'Read a subscription',
    path: id,
    output: state,
  },
  'cancel-subscription': {
    request: 'POST /v1/billing/subscriptions/{id}/cancel',
    description: 'End a subscription',
    path: id,
    body: reason,
    needs: ['reason'],
    ...silently('cancelled'),
  },
  'suspend-subscription': {
    request: 'POST /v1/billing/subscriptions/{id}/suspend',
    description: 'Stop a subscription for a while',
    path: id,
    body: reason,
    needs: ['reason'],
    ...silently('suspended'),
  },
  'activate-subscription': {
    request: 'POST /v1/billing/subscriptions/{id}/activate',
    description: 'Go on with a subscription that was stopped',
    path: id,
    body: reason,
    needs: ['reason'],
    ...silently('activated'),
  },
  'list-transactions': {
    request: 'GET /v1/reporting/transactions',
    description: 'Transactions of at most 31 days, one message each; new ones appear after up to three hours',
    query: {
      start_date: time('From'),
      end_date: time('To'),
      transaction_status: choice(['D', 'P', 'S', 'V'], 'Only denied, pending, successful or reversed ones'),
      transaction_id: text('Only the one with this id'),
      fields: text('Such as all; default: transaction_info'),
    },
    needs: ['start_date', 'end_date'],
    from: '/transaction_details',
    paging: paging.numbered({ size: { page_size: 500 }, pages: '/total_pages' }),
    output: record({ transaction_info: map() }),
  },
};
