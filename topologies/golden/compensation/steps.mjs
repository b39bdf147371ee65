import { CustomNode, Fail } from '@sluice/sdk';

class Flight extends CustomNode {
  name = 'flight';
  process() {
    return { flight: 'F1' };
  }
}

class Hotel extends CustomNode {
  name = 'hotel';
  process(message) {
    return { ...message.json(), hotel: 'H1' };
  }
}

class Pay extends CustomNode {
  name = 'pay';
  process() {
    throw new Fail('no money');
  }
}

class CancelFlight extends CustomNode {
  name = 'cancel-flight';
  process() {}
}

class CancelHotel extends CustomNode {
  name = 'cancel-hotel';
  process() {}
}

export const workers = () => ({
  shop: { steps: [new Flight(), new Hotel(), new Pay(), new CancelFlight(), new CancelHotel()] },
});
