import { Batch, CustomNode } from '@sluice/sdk';

class Orders extends Batch {
  name = 'orders';
  async process(_message, { http, cursor }) {
    const response = await http.send({ url: 'https://shop.example.com/orders', query: { after: cursor ?? 'start' } });
    const { orders, next } = response.json();
    return next === undefined ? { items: orders } : { items: orders, cursor: next };
  }
}

class Book extends CustomNode {
  name = 'book';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Orders(), new Book()] } });

/** The answer of the second night is lost once, so it is asked for twice. */
export const remote = () => [
  {
    match: 'GET https://shop.example.com/orders?after=start',
    answer: [
      { json: { orders: [{ id: 1 }, { id: 2 }], next: 'page-2' } },
      { json: { orders: [{ id: 4 }] } },
      { json: { orders: [{ id: 4 }] } },
    ],
  },
  { match: 'GET https://shop.example.com/orders?after=page-2', answer: { json: { orders: [{ id: 3 }] } } },
];
