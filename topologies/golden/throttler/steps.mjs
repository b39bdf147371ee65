import { CustomNode } from '@sluice/sdk';

class Call extends CustomNode {
  name = 'call';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Call()] } });
