import { CustomNode, Redeliver } from '@sluice/sdk';

class Book extends CustomNode {
  name = 'book';
  process(message) {
    if (message.attempt === 1) throw new Redeliver('busy');
    return { key: message.idempotencyKey };
  }
}

class Done extends CustomNode {
  name = 'done';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Book(), new Done()] } });
