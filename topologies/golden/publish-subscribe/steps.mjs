import { CustomNode } from '@sluice/sdk';

class After extends CustomNode {
  name = 'after';
  process() {}
}

class Mail extends CustomNode {
  name = 'mail';
  process() {}
}

class Stock extends CustomNode {
  name = 'stock';
  process() {}
}

export const workers = () => ({ shop: { steps: [new After(), new Mail(), new Stock()] } });
