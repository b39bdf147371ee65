import { CustomNode, Fail } from '@sluice/sdk';

class Address extends CustomNode {
  name = 'address';
  process(message, context) {
    const { customer } = message.json();
    // Somebody adds the customer after an hour.
    if (context.now() < Date.UTC(2026, 0, 1, 1)) throw new Fail(`Customer "${customer}" has no address.`);
    return { customer, city: 'Prague' };
  }
}

class Print extends CustomNode {
  name = 'print';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Address(), new Print()] } });
