import { CustomNode } from '@sluice/sdk';

class Write extends CustomNode {
  name = 'write';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Write()] } });
