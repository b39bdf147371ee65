// What Adobe's description of the REST API says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developer.adobe.com/commerce/webapi/rest/${page}`;
const ORDERS = see('tutorials/orders/');
const SEARCH = see('use-rest/performing-searches/');
const QUICK = 'https://developer.adobe.com/commerce/webapi/rest/quick-reference/';
const API = '/rest/default/V1';

const order = (entity_id: number) => ({
  entity_id,
  increment_id: `00000000${entity_id}`,
  status: 'processing',
  grand_total: 121,
  items: [],
});
const product = (sku: string) => ({ id: 1, sku, name: 'Door', price: 100, status: 1, type_id: 'simple' });
const customer = (id: number) => ({ id, email: 'ann@acme.example', firstname: 'Ann', lastname: 'Nováková' });
const category = (id: number) => ({ id, parent_id: 2, name: 'Doors', is_active: true });
const document = (entity_id: number) => ({ entity_id, order_id: 7, increment_id: '000000001' });
const page = (path: string, number: number) =>
  `GET ${API}${path}?searchCriteria[pageSize]=100&searchCriteria[currentPage]=${number}`;
const lists = (path: string, page_see: string, first: object, last: object) => ({
  endpoint: `GET ${API}${path}`,
  see: page_see,
  from: '/items',
  pages: [
    [page(path, 1), { items: [first], search_criteria: {}, total_count: 101 }, '2'],
    [page(path, 2), { items: [last], search_criteria: {}, total_count: 101 }],
  ] as const,
});

export const exchanges = exchangeTable({
  service: {
    origin: 'https://shop.example.com',
    applications: {
      magento: {
        settings: { credentials: { token: 'at-1' }, settings: { shop: 'https://shop.example.com', store: 'default' } },
        headers: { authorization: 'Bearer at-1' },
      },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: {
          status: 404,
          json: {
            message: 'No such entity with %fieldName = %fieldValue',
            parameters: { fieldName: 'orderId', fieldValue: '70' },
          },
        },
        outcome: { kind: 'fail', code: 'magento.not_found', says: 'No such entity with orderId = 70' },
      },
      {
        title: 'a value that is missing',
        answer: { status: 400, json: { message: '"%1" is required. Enter and try again.', parameters: ['sku'] } },
        outcome: { kind: 'fail', code: 'magento.invalid', says: '"sku" is required.' },
      },
      {
        title: 'a resource that the integration may not reach',
        answer: {
          status: 401,
          json: {
            message: "The consumer isn't authorized to access %resources.",
            parameters: { resources: 'Magento_Sales::actions_view' },
          },
        },
        outcome: { kind: 'fail', code: 'magento.bad_credentials', says: 'access Magento_Sales::actions_view' },
      },
      {
        title: 'a host that is full and names no time',
        answer: { status: 429 },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'a shop in maintenance',
        answer: { status: 503, text: '<h1>Service Temporarily Unavailable</h1>' },
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
          request: `GET ${API}/store/storeViews`,
          answer: {
            json: [
              { id: 1, code: 'default', name: 'Shop' },
              { id: 2, code: 'cs', name: 'Obchod' },
            ],
          },
        },
      ],
      answers: { detail: 'Connected: Shop, Obchod.' },
    },
    {
      title: 'a token that is not taken',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/store/storeViews`,
          answer: {
            status: 401,
            json: { message: "The consumer isn't authorized to access %resources.", parameters: { resources: 'self' } },
          },
        },
      ],
      fails: { code: 'magento.bad_credentials', says: 'access self' },
    },
  ],
  connectors: {
    'list-orders': {
      ...lists('/orders', SEARCH, order(7), order(8)),
      more: [
        {
          title: 'some, by all that can be said',
          input: {
            filters: [
              { field: 'updated_at', value: '2026-01-01 00:00:00', condition: 'gteq' },
              { field: 'status', value: 'processing' },
            ],
            sort: 'entity_id',
            direction: 'DESC',
          },
          pages: [
            [
              `GET ${API}/orders?searchCriteria[filter_groups][0][filters][0][field]=updated_at&searchCriteria[filter_groups][0][filters][0][value]=2026-01-01%2000:00:00&searchCriteria[filter_groups][0][filters][0][condition_type]=gteq&searchCriteria[filter_groups][1][filters][0][field]=status&searchCriteria[filter_groups][1][filters][0][value]=processing&searchCriteria[filter_groups][1][filters][0][condition_type]=eq&searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[sortOrders][0][direction]=DESC&searchCriteria[pageSize]=100&searchCriteria[currentPage]=1`,
              { items: [], total_count: 0 },
            ],
          ],
        },
      ],
      refused: [
        [{ filters: [{}] }, "/filters/0 must have required property 'field'"],
        [{ filters: [{ field: 'a', condition: 'like it' }] }, 'must be equal to one of'],
      ],
    },
    'list-invoices': lists('/invoices', SEARCH, document(1), document(2)),
    'list-shipments': lists('/shipments', SEARCH, document(1), document(2)),
    'list-products': lists('/products', SEARCH, product('D1'), product('D2')),
    'list-customers': lists('/customers/search', SEARCH, customer(1), customer(2)),
    'list-categories': lists('/categories/list', SEARCH, category(3), category(4)),
    'get-order': {
      endpoint: `GET ${API}/orders/{id}`,
      see: QUICK,
      input: { id: 7 },
      request: `GET ${API}/orders/7`,
      answer: order(7),
    },
    'invoice-order': {
      endpoint: `POST ${API}/order/{order_id}/invoice`,
      see: `${ORDERS}order-create-invoice/`,
      input: {
        order_id: 7,
        capture: true,
        items: [{ order_item_id: 3, qty: 1 }],
        notify: true,
        comment: { comment: 'Thanks', is_visible_on_front: 0 },
      },
      needs: ['order_id'],
      request: `POST ${API}/order/7/invoice`,
      json: {
        capture: true,
        items: [{ order_item_id: 3, qty: 1 }],
        notify: true,
        comment: { comment: 'Thanks', is_visible_on_front: 0 },
      },
      answer: '12',
      gives: { order_id: 7, id: 12 },
    },
    'ship-order': {
      endpoint: `POST ${API}/order/{order_id}/ship`,
      see: `${ORDERS}order-create-shipment/`,
      input: { order_id: 7, tracks: [{ track_number: 'Z1', title: 'PPL', carrier_code: 'custom' }] },
      needs: ['order_id'],
      request: `POST ${API}/order/7/ship`,
      json: { tracks: [{ track_number: 'Z1', title: 'PPL', carrier_code: 'custom' }] },
      answer: '13',
      gives: { order_id: 7, id: 13 },
    },
    'refund-order': {
      endpoint: `POST ${API}/order/{order_id}/refund`,
      see: `${ORDERS}order-issue-refund/`,
      input: { order_id: 7, items: [{ order_item_id: 3, qty: 1 }], arguments: { shipping_amount: 5 } },
      needs: ['order_id'],
      request: `POST ${API}/order/7/refund`,
      json: { items: [{ order_item_id: 3, qty: 1 }], arguments: { shipping_amount: 5 } },
      answer: 14,
      gives: { order_id: 7, id: 14 },
    },
    'cancel-order': {
      endpoint: `POST ${API}/orders/{id}/cancel`,
      see: QUICK,
      input: { id: 7 },
      request: `POST ${API}/orders/7/cancel`,
      answer: true,
      gives: { id: 7, cancelled: true },
    },
    'hold-order': {
      endpoint: `POST ${API}/orders/{id}/hold`,
      see: QUICK,
      input: { id: 7 },
      request: `POST ${API}/orders/7/hold`,
      answer: true,
      gives: { id: 7, held: true },
    },
    'release-order': {
      endpoint: `POST ${API}/orders/{id}/unhold`,
      see: QUICK,
      input: { id: 7 },
      request: `POST ${API}/orders/7/unhold`,
      answer: true,
      gives: { id: 7, released: true },
    },
    'create-order-comment': {
      endpoint: `POST ${API}/orders/{id}/comments`,
      see: QUICK,
      needs: ['id', 'comment'],
      input: { id: 7, comment: 'Called', status: 'processing', is_customer_notified: 0, is_visible_on_front: 1 },
      request: `POST ${API}/orders/7/comments`,
      json: {
        statusHistory: { comment: 'Called', status: 'processing', is_customer_notified: 0, is_visible_on_front: 1 },
      },
      answer: true,
      gives: { id: 7, commented: true },
    },
    'get-product': {
      endpoint: `GET ${API}/products/{sku}`,
      see: QUICK,
      input: { sku: 'D 1/a' },
      request: `GET ${API}/products/D%201%2Fa`,
      answer: product('D 1/a'),
    },
    'create-product': {
      endpoint: `POST ${API}/products`,
      see: QUICK,
      needs: ['sku', 'name', 'attribute_set_id', 'price'],
      input: {
        sku: 'D9',
        name: 'Door',
        attribute_set_id: 4,
        price: 100.5,
        status: 1,
        visibility: 4,
        type_id: 'simple',
        custom_attributes: [{ attribute_code: 'color', value: '5' }],
      },
      json: {
        product: {
          sku: 'D9',
          name: 'Door',
          attribute_set_id: 4,
          price: 100.5,
          status: 1,
          visibility: 4,
          type_id: 'simple',
          custom_attributes: [{ attribute_code: 'color', value: '5' }],
        },
      },
      answer: product('D9'),
    },
    'update-product': {
      endpoint: `PUT ${API}/products/{sku}`,
      see: QUICK,
      input: { sku: 'D1', price: 90 },
      needs: ['sku'],
      request: `PUT ${API}/products/D1`,
      json: { product: { price: 90 } },
      answer: product('D1'),
    },
    'delete-product': {
      endpoint: `DELETE ${API}/products/{sku}`,
      see: QUICK,
      input: { sku: 'D1' },
      request: `DELETE ${API}/products/D1`,
      answer: true,
      gives: { sku: 'D1', deleted: true },
    },
    'get-stock': {
      endpoint: `GET ${API}/stockItems/{sku}`,
      see: QUICK,
      input: { sku: 'D1' },
      request: `GET ${API}/stockItems/D1`,
      answer: { item_id: 1, qty: 5, is_in_stock: true },
    },
    'set-source-stock': {
      endpoint: `POST ${API}/inventory/source-items`,
      see: see('inventory/manage-source-items/'),
      needs: ['sourceItems'],
      input: { sourceItems: [{ sku: 'D1', source_code: 'default', quantity: 5, status: 1 }] },
      json: { sourceItems: [{ sku: 'D1', source_code: 'default', quantity: 5, status: 1 }] },
      answer: [],
      gives: { set: 1 },
      refused: [[{ sourceItems: [] }, '/sourceItems must NOT have fewer']],
    },
    'get-customer': {
      endpoint: `GET ${API}/customers/{id}`,
      see: QUICK,
      input: { id: 1 },
      request: `GET ${API}/customers/1`,
      answer: customer(1),
    },
    'create-customer': {
      endpoint: `POST ${API}/customers`,
      see: QUICK,
      needs: ['email', 'firstname', 'lastname'],
      input: { email: 'ann@acme.example', firstname: 'Ann', lastname: 'Nováková', group_id: 1 },
      json: { customer: { email: 'ann@acme.example', firstname: 'Ann', lastname: 'Nováková', group_id: 1 } },
      answer: customer(3),
      more: [
        {
          title: 'an address that is taken',
          input: { email: 'ann@acme.example', firstname: 'Ann', lastname: 'N' },
          json: { customer: { email: 'ann@acme.example', firstname: 'Ann', lastname: 'N' } },
          status: 400,
          answer: { message: 'A customer with the same email address already exists in an associated website.' },
          fails: 'magento.invalid: same email address already exists',
        },
      ],
    },
    'update-customer': {
      endpoint: `PUT ${API}/customers/{id}`,
      see: QUICK,
      needs: ['id', 'email', 'firstname', 'lastname'],
      input: { id: 1, email: 'ann@acme.example', firstname: 'Ann', lastname: 'Malá' },
      request: `PUT ${API}/customers/1`,
      json: { customer: { email: 'ann@acme.example', firstname: 'Ann', lastname: 'Malá' } },
      answer: customer(1),
    },
    'delete-customer': {
      endpoint: `DELETE ${API}/customers/{id}`,
      see: QUICK,
      input: { id: 1 },
      request: `DELETE ${API}/customers/1`,
      answer: true,
      gives: { id: 1, deleted: true },
    },
    'get-category': {
      endpoint: `GET ${API}/categories/{id}`,
      see: QUICK,
      input: { id: 3 },
      request: `GET ${API}/categories/3`,
      answer: category(3),
    },
    'create-category': {
      endpoint: `POST ${API}/categories`,
      see: QUICK,
      needs: ['name'],
      input: { name: 'Doors', parent_id: 2, is_active: true },
      json: { category: { name: 'Doors', parent_id: 2, is_active: true } },
      answer: category(5),
    },
    'update-category': {
      endpoint: `PUT ${API}/categories/{id}`,
      see: QUICK,
      input: { id: 3, name: 'Gates' },
      needs: ['id'],
      request: `PUT ${API}/categories/3`,
      json: { category: { name: 'Gates' } },
      answer: category(3),
    },
    'delete-category': {
      endpoint: `DELETE ${API}/categories/{id}`,
      see: QUICK,
      input: { id: 3 },
      request: `DELETE ${API}/categories/3`,
      answer: true,
      gives: { id: 3, deleted: true },
    },
  },
});
