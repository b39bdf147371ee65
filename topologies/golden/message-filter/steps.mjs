import { CustomNode } from '@sluice/sdk';

class Ship extends CustomNode {
  name = 'ship';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Ship()] } });
