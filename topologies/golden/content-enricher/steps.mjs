import { Connector, CustomNode } from '@sluice/sdk';

class Customer extends Connector {
  name = 'customer';
  async process(message, { http }) {
    const order = message.json();
    const response = await http.send({ url: `https://crm.example.com/customers/${order.customer}` });
    const { name, city } = response.json();
    return { ...order, name, city };
  }
}

class Book extends CustomNode {
  name = 'book';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Customer(), new Book()] } });

export const remote = () => [
  { match: 'GET https://crm.example.com/customers/7', answer: { json: { name: 'Ann', city: 'Prague', score: 3 } } },
];
