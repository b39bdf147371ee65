import { CustomNode } from '@sluice/sdk';

class Write extends CustomNode {
  name = 'write';
  process(message) {
    return 'All work and no play makes a... '.repeat(94 * message.json().pages).slice(0, 300_000);
  }
}

class Count extends CustomNode {
  name = 'count';
  process(message) {
    return { characters: message.text().length };
  }
}

export const workers = () => ({ shop: { steps: [new Write(), new Count()] } });
