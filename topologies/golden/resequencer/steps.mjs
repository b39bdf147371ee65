import { CustomNode, Redeliver } from '@sluice/sdk';

class Book extends CustomNode {
  name = 'book';
  process(message) {
    if (message.json().n === 1 && message.attempt < 3) throw new Redeliver('the book is open elsewhere');
  }
}

export const workers = () => ({ shop: { steps: [new Book()] } });
