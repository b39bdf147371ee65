import { CustomNode } from '@sluice/sdk';

class Decrypt extends CustomNode {
  name = 'decrypt';
  process(message) {
    return { text: Buffer.from(message.json().sealed, 'base64').toString() };
  }
}

class Authenticate extends CustomNode {
  name = 'authenticate';
  process(message) {
    return { ...message.json(), by: message.user };
  }
}

class Tidy extends CustomNode {
  name = 'tidy';
  process(message) {
    return { order: Number(message.json().text.split(' ')[1]) };
  }
}

export const workers = () => ({ shop: { steps: [new Decrypt(), new Authenticate(), new Tidy()] } });
