import { CustomNode, Redeliver } from '@sluice/sdk';

class Price extends CustomNode {
  name = 'price';
  process(message) {
    return { ...message.json(), price: 42 };
  }
}

class Statistics extends CustomNode {
  name = 'statistics';
  process(message) {
    if (message.attempt === 1) throw new Redeliver('the statistics are being moved', { delayMs: 60_000 });
  }
}

export const workers = () => ({ shop: { steps: [new Price(), new Statistics()] } });
