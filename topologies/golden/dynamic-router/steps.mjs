import { CustomNode, route } from '@sluice/sdk';

const REGIONS = { 1: 'north', 9: 'south' };

class Choose extends CustomNode {
  name = 'choose';
  process(message) {
    return route(message, REGIONS[message.json().zip[0]] ?? 'nowhere');
  }
}

class North extends CustomNode {
  name = 'north';
  process() {}
}

class South extends CustomNode {
  name = 'south';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Choose(), new North(), new South()] } });
