import { CustomNode, Fail } from '@sluice/sdk';

class Book extends CustomNode {
  name = 'book';
  process() {}
}

class Audit extends CustomNode {
  name = 'audit';
  process() {
    throw new Fail('The audit log is full.');
  }
}

export const workers = () => ({ shop: { steps: [new Book(), new Audit()] } });
