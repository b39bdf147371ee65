import { CustomNode } from '@sluice/sdk';

class Stock extends CustomNode {
  name = 'stock';
  process() {}
}

class Courier extends CustomNode {
  name = 'courier';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Stock(), new Courier()] } });
