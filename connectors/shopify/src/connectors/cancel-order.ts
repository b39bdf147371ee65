import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { id, type Order, orderOutput } from './records.ts';

export class CancelOrder extends AppConnector {
  readonly name = `${this.application.key}-cancel-order`;
  override readonly description = 'Cancel an order that is not fulfilled';
  override readonly input = schema.object(
    {
      order: id('Id of the order'),
      reason: schema.choice(['customer', 'inventory', 'fraud', 'declined', 'other'], 'Why'),
      email: schema.flag('Tell the customer'),
      restock: schema.flag('Put what was ordered back into stock'),
    },
    ['order'],
  );
  override readonly output = orderOutput;

  async process(message: Message, { api }: Context): Promise<Order> {
    const { order, ...given } = message.json<{ order: number }>();
    const json = pick(given, ['reason', 'email', 'restock']);
    return (await api.send(path`/orders/${order}/cancel.json`, { json })).json<{ order: Order }>().order;
  }
}
