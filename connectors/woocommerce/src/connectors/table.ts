// The endpoints of a shop. Lists go on by the query of the `Link` header.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, object, orNull, record, text } = schema;

export const common: Common = { list: { paging: paging.link({ per_page: 100 }) } };

const id = integer('Its id', { minimum: 1 });
const ids = (description: string) => list(integer(undefined, { minimum: 1 }), description);
const time = (description: string) => text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' });
/** Amounts are texts, so that nothing is lost in them. */
const amount = (description: string) => text(description, { pattern: '^-?\\d+(\\.\\d+)?$' });
const email = (description: string) => text(description, { pattern: '^[^@\\s]+@[^@\\s]+$' });
const address = (description: string) =>
  map(`${description}: first_name, last_name, company, address_1, address_2, city, state, postcode, country`);
const meta = { meta_data: list(object({ key: text(), value: {} }, ['key', 'value']), 'Fields of extensions') };

const search = {
  search: text('Only those that have this text in them'),
  include: ids('Only those with these ids'),
  order: choice(['asc', 'desc'], 'Direction of the order; default: desc'),
  orderby: text('Order, such as date, modified or id; default: date'),
};
const dated = {
  after: time('Only those made after this time, as 2026-01-31T00:00:00'),
  before: time('Only those made before this time'),
  modified_after: time('Only those changed after this time'),
  modified_before: time('Only those changed before this time'),
};
const trash = { query: { force: flag('Delete for good instead of moving it to the trash; default: false') } };
const forGood = { always: { query: { force: true } } };
const orderId = { order_id: integer('Id of the order', { minimum: 1 }) };

export const table: EndpointTable = {
  ...resource({
    one: 'order',
    path: '/orders',
    at: { id },
    filters: {
      ...search,
      ...dated,
      status: list(text(), 'Only in these states, such as processing; default: any'),
      customer: integer('Only those of this customer'),
      product: integer('Only those with this product'),
    },
    fields: {
      status: text('State, such as processing'),
      customer_id: integer('Id of the customer; 0 for a guest', { minimum: 0 }),
      customer_note: text('Note of the customer'),
      currency: text('Currency, such as CZK', { pattern: '^[A-Z]{3}$' }),
      billing: address('Address of the invoice, with email and phone'),
      shipping: address('Address of the delivery'),
      payment_method: text('Id of the way of payment'),
      payment_method_title: text('Name of the way of payment'),
      set_paid: flag('Whether it is paid; it then goes to processing'),
      transaction_id: text('Id of the payment'),
      line_items: list(map(), 'Lines: product_id, variation_id, quantity, total; with id to change one'),
      shipping_lines: list(map(), 'Shipping: method_id, method_title, total'),
      fee_lines: list(map(), 'Fees: name, total'),
      coupon_lines: list(object({ code: text() }, ['code']), 'Coupons'),
      ...meta,
    },
    output: record({ id: integer(), status: text(), currency: text(), total: text(), line_items: list(map()) }),
    update: 'PUT',
    but: { delete: trash },
  }),
  'list-order-notes': {
    request: 'GET /orders/{order_id}/notes',
    description: 'Notes of an order, one message each',
    path: orderId,
    query: { type: choice(['any', 'customer', 'internal'], 'Only these; default: any') },
    output: record({ id: integer(), note: text(), customer_note: flag() }),
  },
  'create-order-note': {
    request: 'POST /orders/{order_id}/notes',
    description: 'Add a note to an order; one for the customer is sent by e-mail',
    path: orderId,
    body: { note: text('Text', { minLength: 1 }), customer_note: flag('Whether the customer gets it; default: false') },
    needs: ['note'],
    output: record({ id: integer(), note: text() }),
  },
  'list-order-refunds': {
    request: 'GET /orders/{order_id}/refunds',
    description: 'Refunds of an order, one message each',
    path: orderId,
    output: record({ id: integer(), amount: text() }),
  },
  'create-order-refund': {
    request: 'POST /orders/{order_id}/refunds',
    description: 'Give money of an order back',
    path: orderId,
    body: {
      amount: amount('Amount'),
      reason: text('Reason'),
      api_refund: flag('Whether the way of payment is asked to give it back; default: true'),
      api_restock: flag('Whether the articles go back to stock; default: true'),
      line_items: list(map(), 'What of the lines: id, quantity, refund_total'),
    },
    output: record({ id: integer(), amount: text() }),
  },
  ...resource({
    one: 'product',
    path: '/products',
    at: { id },
    filters: {
      ...search,
      ...dated,
      sku: text('Only the one with this SKU'),
      status: choice(['any', 'draft', 'pending', 'private', 'publish'], 'Only in this state'),
      category: text('Only of the category with this id'),
      stock_status: choice(['instock', 'outofstock', 'onbackorder'], 'Only with this stock'),
    },
    fields: {
      name: text('Name', { minLength: 1 }),
      type: choice(['simple', 'grouped', 'external', 'variable'], 'Kind; default: simple'),
      status: choice(['draft', 'pending', 'private', 'publish'], 'State; default: publish'),
      sku: text('SKU'),
      regular_price: amount('Price'),
      sale_price: text('Price while it is on sale; empty for none'),
      description: text('Description, as HTML'),
      short_description: text('Short description, as HTML'),
      manage_stock: flag('Whether the stock is counted'),
      stock_quantity: orNull(integer('Pieces')),
      stock_status: choice(['instock', 'outofstock', 'onbackorder'], 'Stock, where it is not counted'),
      weight: text('Weight'),
      categories: list(object({ id: integer() }, ['id']), 'Categories'),
      images: list(map(), 'Pictures: src, name, alt; the first is the main one'),
      attributes: list(map(), 'Attributes: name, options, visible, variation'),
      ...meta,
    },
    needs: ['name'],
    output: record({
      id: integer(),
      name: text(),
      sku: text(),
      price: text(),
      status: text(),
      stock_quantity: orNull(integer()),
    }),
    update: 'PUT',
    but: { delete: trash },
  }),
  ...resource({
    one: 'product-variation',
    path: '/products/{product_id}/variations',
    at: { id, product_id: integer('Id of the product', { minimum: 1 }) },
    filters: { ...search, sku: text('Only the one with this SKU') },
    fields: {
      sku: text('SKU'),
      regular_price: amount('Price'),
      stock_quantity: orNull(integer('Pieces')),
      manage_stock: flag('Whether the stock is counted'),
      attributes: list(map(), 'What makes it: id or name, option'),
      ...meta,
    },
    output: record({ id: integer(), sku: text(), price: text() }),
    update: 'PUT',
    verbs: ['list', 'get', 'create', 'update'],
  }),
  ...resource({
    one: 'customer',
    path: '/customers',
    at: { id },
    filters: {
      ...search,
      email: email('Only the one with this address'),
      role: text('Only with this role; default: customer; all for all'),
    },
    fields: {
      email: email('E-mail address'),
      first_name: text('First name'),
      last_name: text('Last name'),
      username: text('Name to sign in with'),
      password: text('Password; made by the shop when it is left out'),
      billing: address('Address of invoices, with email and phone'),
      shipping: address('Address of deliveries'),
      ...meta,
    },
    needs: ['email'],
    output: record({ id: integer(), email: text(), first_name: text(), last_name: text() }),
    update: 'PUT',
    but: { delete: forGood },
  }),
  ...resource({
    one: 'coupon',
    path: '/coupons',
    at: { id },
    filters: { ...search, ...dated, code: text('Only the one with this code') },
    fields: {
      code: text('Code', { minLength: 1 }),
      discount_type: choice(['percent', 'fixed_cart', 'fixed_product'], 'Kind; default: fixed_cart'),
      amount: amount('Discount'),
      description: text('Description'),
      date_expires: orNull(time('When it ends')),
      usage_limit: orNull(integer('How often it can be used')),
      individual_use: flag('Whether it goes with no other'),
      minimum_amount: amount('Least sum of the basket'),
      ...meta,
    },
    needs: ['code'],
    output: record({ id: integer(), code: text(), amount: text(), discount_type: text() }),
    update: 'PUT',
    but: { delete: forGood },
  }),
};
