import { CustomNode } from '@sluice/sdk';

class Publish extends CustomNode {
  name = 'publish';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Publish()] } });
