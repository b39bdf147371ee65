import { Connector, CustomNode } from '@sluice/sdk';

class Book extends Connector {
  name = 'book';
  async process(message, { http }) {
    return (await http.send({ url: 'https://bank.example.com/bookings', json: message.json() })).json();
  }
}

class Done extends CustomNode {
  name = 'done';
  process() {}
}

export const workers = () => ({ shop: { steps: [new Book(), new Done()] } });

/** A bank that knows the keys it has seen. */
export const remote = () => {
  const bookings = new Map();
  return [
    {
      match: 'POST https://bank.example.com/bookings',
      times: 2,
      answer: ({ headers }) => {
        const key = headers['idempotency-key'];
        if (!bookings.has(key)) bookings.set(key, bookings.size + 1);
        return { json: { booking: bookings.get(key), of: bookings.size } };
      },
    },
  ];
};
