import { CustomNode } from '@sluice/sdk';

class Rate extends CustomNode {
  name = 'rate';
  process() {}
}

class Book extends CustomNode {
  name = 'book';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Rate(), new Book()] } });
