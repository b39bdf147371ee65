import { CustomNode } from '@sluice/sdk';

class Apply extends CustomNode {
  name = 'apply';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Apply()] } });
