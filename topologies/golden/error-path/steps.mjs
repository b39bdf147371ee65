import { CustomNode, Fail } from '@sluice/sdk';

class Book extends CustomNode {
  name = 'book';
  process(message) {
    const { sku, customer } = message.json();
    if (!sku) throw new Fail('There is no stock of it.', { code: 'stock.none' });
    if (!customer) throw new Fail('The order has no customer.');
  }
}

class Done extends CustomNode {
  name = 'done';
  process() {}
}

class Reorder extends CustomNode {
  name = 'reorder';
  process() {}
}

class Care extends CustomNode {
  name = 'care';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Book(), new Done(), new Reorder(), new Care()] } });
