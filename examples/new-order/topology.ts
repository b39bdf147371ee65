import { connector, custom, router, start, topology } from '@sluice/topology/builder';

export default topology('new-order', {
  description:
    'An XML order of the shop: parsed, transformed, booked in the ERP, confirmed by e-mail, taken from stock.',
  nodes: {
    order: start(),
    parse: custom({ worker: 'order-worker', action: 'parse-order' }),
    transform: custom({ worker: 'order-worker', action: 'transform-order' }),
    erp: connector({
      worker: 'order-worker',
      action: 'create-sales-order',
      settings: {
        prefetch: 16,
        timeoutMs: 2000,
        repeat: { attempts: 8, delayMs: 400, factor: 2, maxDelayMs: 5000 },
        limit: { amount: 60, windowMs: 1000 },
      },
    }),
    gateway: router({ settings: { mode: 'all' } }),
    email: connector({ worker: 'order-worker', action: 'send-confirmation' }),
    stock: custom({
      worker: 'stock-service',
      action: 'book-stock',
      settings: { orderingKey: 'body.warehouse' },
    }),
  },
  connections: [
    ['order', 'parse'],
    ['parse', 'transform'],
    ['transform', 'erp'],
    ['erp', 'gateway'],
    ['gateway', 'email', { when: "body.kind = 'order'" }],
    ['gateway', 'stock', { when: '$count(body.lines) > 0' }],
  ],
});
