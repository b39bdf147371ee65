// The endpoints of a shop that answer with the record itself.

import { type EndpointTable, resource, schema } from '@sluice/sdk';
import type { Kind } from './list-records.ts';

const { flag, integer, list, map, number, object, record, text } = schema;

const order = record({ entity_id: integer(), increment_id: text(), status: text(), grand_total: number() });
const product = record({ sku: text(), name: text() });
const customer = record({ id: integer(), email: text() });
const category = record({ id: integer(), name: text() });

export const LISTS: readonly Kind[] = [
  { many: 'orders', words: 'Orders', path: '/orders', output: order },
  {
    many: 'invoices',
    words: 'Invoices',
    path: '/invoices',
    output: record({ entity_id: integer(), order_id: integer() }),
  },
  {
    many: 'shipments',
    words: 'Shipments',
    path: '/shipments',
    output: record({ entity_id: integer(), order_id: integer() }),
  },
  { many: 'products', words: 'Products', path: '/products', output: product },
  { many: 'customers', words: 'Customers', path: '/customers/search', output: customer },
  { many: 'categories', words: 'Categories', path: '/categories/list', output: category },
];

const id = integer('Its id', { minimum: 1 });
const extra = {
  custom_attributes: list(
    object({ attribute_code: text(), value: {} }, ['attribute_code', 'value']),
    'Attributes of the shop',
  ),
  extension_attributes: map('What extensions add'),
};
const done = (name: string, output: string, words: string, verb: string): EndpointTable => ({
  [name]: {
    request: `POST /orders/{id}/${verb}`,
    description: words,
    path: { id },
    output: record({ id: integer(), [output]: flag() }),
    gives: (input) => ({ id: input.id, [output]: true }),
  },
});

export const table: EndpointTable = {
  'get-order': { request: 'GET /orders/{id}', description: 'Read an order', path: { id }, output: order },
  ...done('cancel-order', 'cancelled', 'Cancel an order', 'cancel'),
  ...done('hold-order', 'held', 'Put an order on hold', 'hold'),
  ...done('release-order', 'released', 'Take an order from hold', 'unhold'),
  'create-order-comment': {
    request: 'POST /orders/{id}/comments',
    description: 'Add a comment to an order, and change its status with it',
    path: { id },
    body: {
      comment: text('Text', { minLength: 1 }),
      status: text('New status, within the state that the order has'),
      is_customer_notified: integer('1: the customer gets it by e-mail', { minimum: 0, maximum: 1 }),
      is_visible_on_front: integer('1: the customer sees it in the account', { minimum: 0, maximum: 1 }),
    },
    needs: ['comment'],
    wrap: 'statusHistory',
    output: record({ id: integer(), commented: flag() }),
    gives: (input) => ({ id: input.id, commented: true }),
  },
  ...resource({
    one: 'product',
    path: '/products',
    item: '/products/{sku}',
    at: { sku: text('SKU', { minLength: 1 }) },
    fields: {
      name: text('Name'),
      attribute_set_id: integer('Id of its set of attributes'),
      price: number('Price'),
      status: integer('1: enabled, 2: disabled', { minimum: 1, maximum: 2 }),
      visibility: integer('1: not alone, 2: in the catalogue, 3: in the search, 4: both', { minimum: 1, maximum: 4 }),
      type_id: text('Kind, such as simple or configurable'),
      weight: number('Weight'),
      ...extra,
    },
    output: product,
    verbs: ['get', 'update', 'delete'],
    update: 'PUT',
    but: { update: { wrap: 'product' } },
  }),
  'create-product': {
    request: 'POST /products',
    description: 'Make a product',
    body: {
      sku: text('SKU', { minLength: 1 }),
      name: text('Name', { minLength: 1 }),
      attribute_set_id: integer('Id of its set of attributes; 4 is that of a new shop'),
      price: number('Price'),
      status: integer('1: enabled, 2: disabled', { minimum: 1, maximum: 2 }),
      visibility: integer('1: not alone, 2: in the catalogue, 3: in the search, 4: both', { minimum: 1, maximum: 4 }),
      type_id: text('Kind, such as simple or configurable'),
      weight: number('Weight'),
      ...extra,
    },
    needs: ['sku', 'name', 'attribute_set_id', 'price'],
    wrap: 'product',
    output: product,
  },
  'get-stock': {
    request: 'GET /stockItems/{sku}',
    description: 'Stock of a product, where the shop has one source of it',
    path: { sku: text('SKU', { minLength: 1 }) },
    output: record({ item_id: integer(), qty: number(), is_in_stock: flag() }),
  },
  'set-source-stock': {
    request: 'POST /inventory/source-items',
    description: 'Set the stock of products in sources',
    body: {
      sourceItems: list(
        object({ sku: text(), source_code: text(), quantity: number(), status: integer() }, [
          'sku',
          'source_code',
          'quantity',
          'status',
        ]),
        'sku, source_code ("default" in a shop with one), quantity, status (1: in stock, 0: not)',
        { minItems: 1 },
      ),
    },
    needs: ['sourceItems'],
    output: record({ set: integer() }),
    gives: ({ sourceItems }) => ({ set: (sourceItems as readonly unknown[]).length }),
  },
  ...resource({
    one: 'customer',
    path: '/customers',
    at: { id },
    fields: {
      email: text('E-mail address', { pattern: '^[^@\\s]+@[^@\\s]+$' }),
      firstname: text('First name', { minLength: 1 }),
      lastname: text('Last name', { minLength: 1 }),
      group_id: integer('Id of the group'),
      website_id: integer('Id of the website'),
      addresses: list(map(), 'Addresses'),
      ...extra,
    },
    needs: ['email', 'firstname', 'lastname'],
    output: customer,
    verbs: ['get', 'create', 'update', 'delete'],
    update: 'PUT',
    but: { create: { wrap: 'customer' }, update: { wrap: 'customer', needs: ['email', 'firstname', 'lastname'] } },
  }),
  ...resource({
    one: 'category',
    many: 'categories',
    path: '/categories',
    at: { id },
    fields: {
      name: text('Name', { minLength: 1 }),
      parent_id: integer('Id of the one above', { minimum: 1 }),
      is_active: flag('Whether it is shown'),
      position: integer('Place among its siblings'),
      include_in_menu: flag('Whether it stands in the menu'),
      ...extra,
    },
    needs: ['name'],
    output: category,
    verbs: ['get', 'create', 'update', 'delete'],
    update: 'PUT',
    but: { create: { wrap: 'category' }, update: { wrap: 'category' } },
  }),
};
