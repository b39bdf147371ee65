import { CustomNode, StopQuietly } from '@sluice/sdk';

class Work extends CustomNode {
  name = 'work';
  process(message) {
    if (message.json() === 'b') throw new StopQuietly('lost');
  }
}

class After extends CustomNode {
  name = 'after';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Work(), new After()] } });
