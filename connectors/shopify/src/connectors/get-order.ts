import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { id, type Order, orderOutput } from './records.ts';

export class GetOrder extends AppConnector {
  readonly name = `${this.application.key}-get-order`;
  override readonly description = 'One order with its lines';
  override readonly input = schema.object({ order: id('Id of the order') }, ['order']);
  override readonly output = orderOutput;

  async process(message: Message, { api }: Context): Promise<Order> {
    const { order } = message.json<{ order: number }>();
    return (await api.send(path`/orders/${order}.json`)).json<{ order: Order }>().order;
  }
}
