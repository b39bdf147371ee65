import { CustomNode, Redeliver } from '@sluice/sdk';

class Work extends CustomNode {
  name = 'work';
  process(message) {
    if (message.json() === 'b' && message.attempt === 1) throw new Redeliver('busy', { delayMs: 5_000 });
  }
}

class After extends CustomNode {
  name = 'after';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Work(), new After()] } });
