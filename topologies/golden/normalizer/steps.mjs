import { CustomNode } from '@sluice/sdk';

class Book extends CustomNode {
  name = 'book';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Book()] } });
