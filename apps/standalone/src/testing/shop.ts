// A small shop to look at in a browser: orders that are checked, booked and confirmed by a worker, some of which fail.

import { CustomNode, Fail, join, type Message } from '@sluice/sdk';
import { deploy, type TestPlatform } from './platform.ts';

interface Order {
  readonly order: string;
  readonly customer?: string;
  readonly total: number;
}

class CheckOrder extends CustomNode {
  readonly name = 'check-order';
  process(message: Message): unknown {
    const order = message.json<Order>();
    if (!order.customer)
      throw new Fail(`Order ${order.order} has no customer. Ask the shop to add one, then replay it.`);
    return order;
  }
}

class BookOrder extends CustomNode {
  readonly name = 'book-order';
  process(message: Message): unknown {
    const order = message.json<Order>();
    return { ...order, booking: `B-${order.order}`, vat: Math.round(order.total * 21) / 100 };
  }
}

class ConfirmOrder extends CustomNode {
  readonly name = 'confirm-order';
  process(message: Message): unknown {
    const { customer, booking } = message.json<Order & { booking: string }>();
    return { to: customer, subject: `Thank you, your booking is ${booking}` };
  }
}

const step = (id: string, action: string) => ({ id, kind: 'custom', worker: 'shop-worker', action });

/** Deploys `shop-order` and `approve-refund`, and joins their worker. @returns ends the worker */
export async function openShop(platform: TestPlatform): Promise<() => Promise<void>> {
  const { token } = await platform.client.workers.register({ name: 'shop-worker' });
  const steps = [new CheckOrder(), new BookOrder(), new ConfirmOrder()];
  const link = join({ steps, url: platform.url, token: token!, onState: () => {} });
  await link.ready;
  await deploy(platform, {
    name: 'shop-order',
    nodes: [
      { id: 'order', kind: 'start', settings: { businessKey: 'body.order' } },
      step('check', 'check-order'),
      step('book', 'book-order'),
      step('confirm', 'confirm-order'),
    ],
    connections: [
      { from: 'order', to: 'check' },
      { from: 'check', to: 'book' },
      { from: 'book', to: 'confirm' },
    ],
  });
  await deploy(platform, {
    name: 'approve-refund',
    nodes: [{ id: 'start', kind: 'start' }, { id: 'decide', kind: 'user-task' }, step('book', 'book-order')],
    connections: [
      { from: 'start', to: 'decide' },
      { from: 'decide', to: 'book' },
    ],
  });
  return () => link.drain();
}

export const order = (number: number, customer: string | null = `Customer ${number}`): { body: string } => ({
  body: JSON.stringify({ order: `A-${number}`, ...(customer === null ? {} : { customer }), total: 100 + number }),
});
