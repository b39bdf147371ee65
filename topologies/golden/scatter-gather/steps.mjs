import { CustomNode, Redeliver } from '@sluice/sdk';

class Seller extends CustomNode {
  constructor(name, price) {
    super();
    this.name = name;
    this.price = price;
  }
  process(message) {
    const slow = this.name === 'seller-c' && message.json().sku === 'bolt';
    if (slow && message.attempt === 1) throw new Redeliver('closed', { delayMs: 60_000 });
    return { seller: this.name, price: this.price };
  }
}

class Buy extends CustomNode {
  name = 'buy';
  process() {}
}

export const workers = () => ({
  market: { steps: [new Seller('seller-a', 12), new Seller('seller-b', 9), new Seller('seller-c', 7), new Buy()] },
});
