import { CustomNode } from '@sluice/sdk';

class Decided extends CustomNode {
  name = 'decided';
  process() {}
}

class Escalate extends CustomNode {
  name = 'escalate';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Decided(), new Escalate()] } });
