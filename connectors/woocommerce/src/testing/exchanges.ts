// What the description of the REST API, version 3, says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (anchor: string) => `https://woocommerce.github.io/woocommerce-rest-api-docs/#${anchor}`;
const API = '/wp-json/wc/v3';
const next = (query: string) => ({ link: `<https://shop.example.com${API}/x?${query}>; rel="next"` });

const order = (id: number) => ({
  id,
  status: 'processing',
  currency: 'CZK',
  total: '121.00',
  line_items: [{ id: 1, product_id: 5, quantity: 1, total: '100.00' }],
});
const product = (id: number) => ({
  id,
  name: `Door ${id}`,
  sku: `D${id}`,
  price: '100.00',
  status: 'publish',
  stock_quantity: null,
});
const variation = (id: number) => ({ id, sku: `D5-${id}`, price: '110.00' });
const customer = (id: number) => ({ id, email: 'ann@acme.example', first_name: 'Ann', last_name: 'Nováková' });
const coupon = (id: number) => ({ id, code: 'spring', amount: '10.00', discount_type: 'percent' });
const hook = {
  id: 142,
  name: 'Sluice: An order is new',
  topic: 'order.created',
  delivery_url: 'https://sluice.example.com/hooks/1',
  status: 'active',
};

export const exchanges = exchangeTable({
  service: {
    origin: 'https://shop.example.com',
    applications: {
      woocommerce: {
        settings: { credentials: { user: 'ck_1', password: 'cs_2' }, settings: { shop: 'https://shop.example.com' } },
        headers: { authorization: 'Basic Y2tfMTpjc18y' },
      },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: {
          status: 404,
          json: { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
        },
        outcome: { kind: 'fail', code: 'woocommerce.not_found', says: 'Invalid ID.' },
      },
      {
        title: 'a wrong value',
        answer: {
          status: 400,
          json: {
            code: 'rest_invalid_param',
            message: 'Invalid parameter(s): status',
            data: { status: 400, params: { status: 'status is not one of pending.' } },
          },
        },
        outcome: { kind: 'fail', code: 'woocommerce.invalid', says: 'status is not one of pending.' },
      },
      {
        title: 'a key that may only read',
        answer: {
          status: 401,
          json: { code: 'woocommerce_rest_cannot_create', message: 'Sorry, you are not allowed to create resources.' },
        },
        outcome: { kind: 'fail', code: 'woocommerce.bad_credentials', says: 'not allowed to create' },
      },
      {
        title: 'a host that is full and names no time',
        answer: { status: 429 },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'a shop in trouble',
        answer: { status: 502, text: '<h1>Bad gateway</h1>' },
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
          request: `GET ${API}/system_status?_fields=environment`,
          answer: { json: { environment: { site_url: 'https://shop.example.com', version: '10.1.0' } } },
        },
      ],
      answers: { detail: 'Connected to https://shop.example.com, WooCommerce 10.1.0.' },
    },
    {
      title: 'a key that is not taken',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/system_status?_fields=environment`,
          answer: {
            status: 401,
            json: { code: 'woocommerce_rest_authentication_error', message: 'Consumer key is invalid.' },
          },
        },
      ],
      fails: { code: 'woocommerce.bad_credentials', says: 'Consumer key is invalid.' },
    },
    {
      title: 'R17: an event is subscribed to, with a secret of its own',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'order.created',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's-1',
        parameters: {},
      },
      exchanges: [
        {
          request: `POST ${API}/webhooks`,
          json: {
            name: 'Sluice: An order is new',
            topic: 'order.created',
            delivery_url: 'https://sluice.example.com/hooks/1',
            secret: 's-1',
            status: 'active',
          },
          answer: { status: 201, json: hook },
        },
      ],
      answers: { reference: { webhook: 142 } },
    },
    {
      title: 'R17: a webhook is ended',
      invoke: { operation: 'webhook.unsubscribe', event: 'order.created', reference: { webhook: 142 } },
      exchanges: [{ request: `DELETE ${API}/webhooks/142?force=true`, answer: { json: hook } }],
    },
    {
      title: 'a webhook that is gone is ended as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'order.created', reference: { webhook: 142 } },
      exchanges: [
        {
          request: `DELETE ${API}/webhooks/142?force=true`,
          answer: { status: 404, json: { code: 'woocommerce_rest_shop_webhook_invalid_id', message: 'Invalid ID.' } },
        },
      ],
    },
    {
      title: 'R17: webhooks are listed, those of the event',
      invoke: { operation: 'webhook.list', event: 'order.created' },
      exchanges: [
        {
          request: `GET ${API}/webhooks?per_page=100`,
          answer: { json: [hook, { ...hook, id: 143, topic: 'order.updated' }] },
        },
      ],
      answers: [{ reference: { webhook: 142 }, url: 'https://sluice.example.com/hooks/1' }],
    },
  ],
  connectors: {
    'list-orders': {
      endpoint: `GET ${API}/orders`,
      see: see('list-all-orders'),
      input: { status: ['processing', 'on-hold'], customer: 25, product: 5, modified_after: '2026-01-01T00:00:00' },
      pages: [
        {
          request: `GET ${API}/orders?modified_after=2026-01-01T00:00:00&status=processing,on-hold&customer=25&product=5&per_page=100`,
          answer: [order(7), order(8)],
          headers: next('status=processing%2Con-hold&per_page=100&page=2'),
          cursor: 'status=processing%2Con-hold&per_page=100&page=2',
        },
        { request: `GET ${API}/orders?status=processing,on-hold&per_page=100&page=2`, answer: [order(9)] },
      ],
      refused: [
        [{ customer: 'ann' }, '/customer must be integer'],
        [{ after: 'now' }, '/after must match pattern'],
      ],
    },
    'get-order': {
      endpoint: `GET ${API}/orders/{id}`,
      see: see('retrieve-an-order'),
      input: { id: 7 },
      request: `GET ${API}/orders/7`,
      answer: order(7),
    },
    'create-order': {
      endpoint: `POST ${API}/orders`,
      see: see('create-an-order'),
      input: {
        customer_id: 25,
        billing: { first_name: 'Ann', email: 'ann@acme.example' },
        line_items: [{ product_id: 5, quantity: 2 }],
        set_paid: true,
        coupon_lines: [{ code: 'spring' }],
        meta_data: [{ key: 'erp', value: 9 }],
        more: 1,
      },
      json: {
        customer_id: 25,
        billing: { first_name: 'Ann', email: 'ann@acme.example' },
        line_items: [{ product_id: 5, quantity: 2 }],
        set_paid: true,
        coupon_lines: [{ code: 'spring' }],
        meta_data: [{ key: 'erp', value: 9 }],
      },
      status: 201,
      answer: order(9),
      refused: [[{ currency: 'Kč' }, '/currency must match pattern']],
    },
    'update-order': {
      endpoint: `PUT ${API}/orders/{id}`,
      see: see('update-an-order'),
      input: { id: 7, status: 'completed' },
      request: `PUT ${API}/orders/7`,
      json: { status: 'completed' },
      answer: order(7),
    },
    'delete-order': {
      endpoint: `DELETE ${API}/orders/{id}`,
      see: see('delete-an-order'),
      input: { id: 7, force: true },
      needs: ['id'],
      request: `DELETE ${API}/orders/7?force=true`,
      answer: order(7),
      gives: { id: 7, deleted: true },
    },
    'list-order-notes': {
      endpoint: `GET ${API}/orders/{order_id}/notes`,
      see: see('list-all-order-notes'),
      input: { order_id: 7, type: 'internal' },
      needs: ['order_id'],
      pages: [
        {
          request: `GET ${API}/orders/7/notes?type=internal&per_page=100`,
          answer: [{ id: 1, note: 'Paid', customer_note: false }],
          headers: next('type=internal&per_page=100&page=2'),
          cursor: 'type=internal&per_page=100&page=2',
        },
        {
          request: `GET ${API}/orders/7/notes?type=internal&per_page=100&page=2`,
          answer: [{ id: 2, note: 'Sent', customer_note: false }],
        },
      ],
    },
    'create-order-note': {
      endpoint: `POST ${API}/orders/{order_id}/notes`,
      see: see('create-an-order-note'),
      needs: ['order_id', 'note'],
      input: { order_id: 7, note: 'On its way', customer_note: true },
      request: `POST ${API}/orders/7/notes`,
      json: { note: 'On its way', customer_note: true },
      status: 201,
      answer: { id: 3, note: 'On its way', customer_note: true },
    },
    'list-order-refunds': {
      endpoint: `GET ${API}/orders/{order_id}/refunds`,
      see: see('list-all-order-refunds'),
      input: { order_id: 7 },
      pages: [
        {
          request: `GET ${API}/orders/7/refunds?per_page=100`,
          answer: [{ id: 1, amount: '10.00' }],
          headers: next('per_page=100&page=2'),
          cursor: 'per_page=100&page=2',
        },
        { request: `GET ${API}/orders/7/refunds?per_page=100&page=2`, answer: [{ id: 2, amount: '5.00' }] },
      ],
    },
    'create-order-refund': {
      endpoint: `POST ${API}/orders/{order_id}/refunds`,
      see: see('create-a-refund'),
      input: {
        order_id: 7,
        amount: '10.00',
        reason: 'Scratched',
        api_refund: false,
        line_items: [{ id: 1, refund_total: 10 }],
      },
      request: `POST ${API}/orders/7/refunds`,
      json: { amount: '10.00', reason: 'Scratched', api_refund: false, line_items: [{ id: 1, refund_total: 10 }] },
      status: 201,
      answer: { id: 3, amount: '10.00' },
      refused: [
        [{ order_id: 7, amount: 10 }, '/amount must be string'],
        [{ order_id: 7, amount: 'ten' }, '/amount must match pattern'],
      ],
    },
    'list-products': {
      endpoint: `GET ${API}/products`,
      see: see('list-all-products'),
      input: {
        sku: 'D7',
        status: 'publish',
        category: '3',
        stock_status: 'instock',
        search: 'door',
        order: 'asc',
        orderby: 'id',
        include: [7],
      },
      pages: [
        {
          request: `GET ${API}/products?search=door&include=7&order=asc&orderby=id&sku=D7&status=publish&category=3&stock_status=instock&per_page=100`,
          answer: [product(7)],
          headers: next('sku=D7&per_page=100&page=2'),
          cursor: 'sku=D7&per_page=100&page=2',
        },
        { request: `GET ${API}/products?sku=D7&per_page=100&page=2`, answer: [product(8)] },
      ],
    },
    'get-product': {
      endpoint: `GET ${API}/products/{id}`,
      see: see('retrieve-a-product'),
      input: { id: 7 },
      request: `GET ${API}/products/7`,
      answer: product(7),
    },
    'create-product': {
      endpoint: `POST ${API}/products`,
      see: see('create-a-product'),
      needs: ['name'],
      input: {
        name: 'Door',
        type: 'simple',
        sku: 'D9',
        regular_price: '100.00',
        manage_stock: true,
        stock_quantity: 5,
        categories: [{ id: 3 }],
        images: [{ src: 'https://acme.example/d.png' }],
      },
      json: {
        name: 'Door',
        type: 'simple',
        sku: 'D9',
        regular_price: '100.00',
        manage_stock: true,
        stock_quantity: 5,
        categories: [{ id: 3 }],
        images: [{ src: 'https://acme.example/d.png' }],
      },
      status: 201,
      answer: product(9),
      more: [
        {
          title: 'a SKU that is taken',
          input: { name: 'Door', sku: 'D7' },
          json: { name: 'Door', sku: 'D7' },
          status: 400,
          answer: { code: 'product_invalid_sku', message: 'Invalid or duplicated SKU.' },
          fails: 'woocommerce.invalid: Invalid or duplicated SKU.',
        },
      ],
    },
    'update-product': {
      endpoint: `PUT ${API}/products/{id}`,
      see: see('update-a-product'),
      input: { id: 7, stock_quantity: null, sale_price: '' },
      request: `PUT ${API}/products/7`,
      json: { stock_quantity: null, sale_price: '' },
      answer: product(7),
    },
    'delete-product': {
      endpoint: `DELETE ${API}/products/{id}`,
      see: see('delete-a-product'),
      input: { id: 7 },
      request: `DELETE ${API}/products/7`,
      answer: product(7),
      gives: { id: 7, deleted: true },
    },
    'list-product-variations': {
      endpoint: `GET ${API}/products/{product_id}/variations`,
      see: see('list-all-product-variations'),
      input: { product_id: 5 },
      pages: [
        {
          request: `GET ${API}/products/5/variations?per_page=100`,
          answer: [variation(1)],
          headers: next('per_page=100&page=2'),
          cursor: 'per_page=100&page=2',
        },
        { request: `GET ${API}/products/5/variations?per_page=100&page=2`, answer: [variation(2)] },
      ],
    },
    'get-product-variation': {
      endpoint: `GET ${API}/products/{product_id}/variations/{id}`,
      see: see('retrieve-a-product-variation'),
      input: { product_id: 5, id: 1 },
      request: `GET ${API}/products/5/variations/1`,
      answer: variation(1),
    },
    'create-product-variation': {
      endpoint: `POST ${API}/products/{product_id}/variations`,
      see: see('create-a-product-variation'),
      input: { product_id: 5, regular_price: '110.00', attributes: [{ id: 6, option: 'Oak' }] },
      needs: ['product_id'],
      request: `POST ${API}/products/5/variations`,
      json: { regular_price: '110.00', attributes: [{ id: 6, option: 'Oak' }] },
      status: 201,
      answer: variation(3),
    },
    'update-product-variation': {
      endpoint: `PUT ${API}/products/{product_id}/variations/{id}`,
      see: see('update-a-product-variation'),
      input: { product_id: 5, id: 1, stock_quantity: 3 },
      request: `PUT ${API}/products/5/variations/1`,
      json: { stock_quantity: 3 },
      answer: variation(1),
    },
    'list-customers': {
      endpoint: `GET ${API}/customers`,
      see: see('list-all-customers'),
      input: { email: 'ann@acme.example', role: 'all' },
      pages: [
        {
          request: `GET ${API}/customers?email=ann%40acme.example&role=all&per_page=100`,
          answer: [customer(25)],
          headers: next('role=all&per_page=100&page=2'),
          cursor: 'role=all&per_page=100&page=2',
        },
        { request: `GET ${API}/customers?role=all&per_page=100&page=2`, answer: [customer(26)] },
      ],
      refused: [[{ email: 'ann' }, '/email must match pattern']],
    },
    'get-customer': {
      endpoint: `GET ${API}/customers/{id}`,
      see: see('retrieve-a-customer'),
      input: { id: 25 },
      request: `GET ${API}/customers/25`,
      answer: customer(25),
    },
    'create-customer': {
      endpoint: `POST ${API}/customers`,
      see: see('create-a-customer'),
      needs: ['email'],
      input: { email: 'ann@acme.example', first_name: 'Ann', billing: { city: 'Brno' } },
      json: { email: 'ann@acme.example', first_name: 'Ann', billing: { city: 'Brno' } },
      status: 201,
      answer: customer(27),
      more: [
        {
          title: 'one that is there',
          input: { email: 'ann@acme.example' },
          json: { email: 'ann@acme.example' },
          status: 400,
          answer: { code: 'registration-error-email-exists', message: 'An account is already registered.' },
          fails: 'woocommerce.invalid: registration-error-email-exists',
        },
      ],
    },
    'update-customer': {
      endpoint: `PUT ${API}/customers/{id}`,
      see: see('update-a-customer'),
      input: { id: 25, last_name: 'Malá' },
      request: `PUT ${API}/customers/25`,
      json: { last_name: 'Malá' },
      answer: customer(25),
    },
    'delete-customer': {
      endpoint: `DELETE ${API}/customers/{id}`,
      see: see('delete-a-customer'),
      input: { id: 25 },
      request: `DELETE ${API}/customers/25?force=true`,
      answer: customer(25),
      gives: { id: 25, deleted: true },
    },
    'list-coupons': {
      endpoint: `GET ${API}/coupons`,
      see: see('list-all-coupons'),
      input: { code: 'spring' },
      pages: [
        {
          request: `GET ${API}/coupons?code=spring&per_page=100`,
          answer: [coupon(1)],
          headers: next('per_page=100&page=2'),
          cursor: 'per_page=100&page=2',
        },
        { request: `GET ${API}/coupons?per_page=100&page=2`, answer: [coupon(2)] },
      ],
    },
    'get-coupon': {
      endpoint: `GET ${API}/coupons/{id}`,
      see: see('retrieve-a-coupon'),
      input: { id: 1 },
      request: `GET ${API}/coupons/1`,
      answer: coupon(1),
    },
    'create-coupon': {
      endpoint: `POST ${API}/coupons`,
      see: see('create-a-coupon'),
      needs: ['code'],
      input: { code: 'spring', discount_type: 'percent', amount: '10', date_expires: null, usage_limit: 5 },
      json: { code: 'spring', discount_type: 'percent', amount: '10', date_expires: null, usage_limit: 5 },
      status: 201,
      answer: coupon(3),
    },
    'update-coupon': {
      endpoint: `PUT ${API}/coupons/{id}`,
      see: see('update-a-coupon'),
      input: { id: 1, amount: '15' },
      request: `PUT ${API}/coupons/1`,
      json: { amount: '15' },
      answer: coupon(1),
    },
    'delete-coupon': {
      endpoint: `DELETE ${API}/coupons/{id}`,
      see: see('delete-a-coupon'),
      input: { id: 1 },
      request: `DELETE ${API}/coupons/1?force=true`,
      answer: coupon(1),
      gives: { id: 1, deleted: true },
    },
  },
});
