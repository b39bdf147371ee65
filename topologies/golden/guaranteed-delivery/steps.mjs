import { CustomNode } from '@sluice/sdk';

class Pick extends CustomNode {
  name = 'pick';
  process() {}
}

class Pack extends CustomNode {
  name = 'pack';
  process() {}
}

class Ship extends CustomNode {
  name = 'ship';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Pick(), new Pack(), new Ship()] } });
