import { CustomNode } from '@sluice/sdk';

class Wholesale extends CustomNode {
  name = 'wholesale';
  process() {}
}

class Retail extends CustomNode {
  name = 'retail';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Wholesale(), new Retail()] } });
