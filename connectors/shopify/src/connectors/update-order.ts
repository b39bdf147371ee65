import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { address, id, type Order, orderOutput } from './records.ts';

export class UpdateOrder extends AppConnector {
  readonly name = `${this.application.key}-update-order`;
  override readonly description = 'Change note, tags, e-mail or address of an order; what is not given stays';
  override readonly input = schema.object(
    {
      order: id('Id of the order'),
      email: schema.text('E-mail address of the customer'),
      note: schema.text('For your eyes only'),
      tags: schema.text('All tags, with commas between them'),
      shipping_address: address,
    },
    ['order'],
  );
  override readonly output = orderOutput;

  async process(message: Message, { api }: Context): Promise<Order> {
    const { order: id, ...given } = message.json<{ order: number }>();
    const order = { id, ...pick(given, ['email', 'note', 'tags', 'shipping_address']) };
    const answer = await api.send(path`/orders/${id}.json`, { method: 'PUT', json: { order } });
    return answer.json<{ order: Order }>().order;
  }
}
