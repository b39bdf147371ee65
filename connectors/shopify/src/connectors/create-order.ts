import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { address, lineItems, type Order, orderOutput } from './records.ts';

export class CreateOrder extends AppConnector {
  readonly name = `${this.application.key}-create-order`;
  override readonly description = 'Enter an order that was placed elsewhere';
  override readonly input = schema.object(
    {
      line_items: lineItems,
      email: schema.text('E-mail address of the customer'),
      currency: schema.text('Three letters of ISO 4217', { pattern: '^[A-Z]{3}$' }),
      financial_status: schema.choice(['pending', 'authorized', 'paid', 'partially_paid'], 'Default: paid'),
      note: schema.text('For your eyes only'),
      tags: schema.text('Tags with commas between them'),
      source_name: schema.text('Where it was placed'),
      source_identifier: schema.text('Its number there'),
      shipping_address: address,
      billing_address: address,
      inventory_behaviour: schema.choice(
        ['bypass', 'decrement_ignoring_policy', 'decrement_obeying_policy'],
        'What becomes of the stock; default: nothing',
      ),
      send_receipt: schema.flag('Confirm it to the customer'),
    },
    ['line_items'],
  );
  override readonly output = orderOutput;

  async process(message: Message, { api }: Context): Promise<Order> {
    const order = pick(message.json(), Object.keys(this.input.properties as object));
    return (await api.send('/orders.json', { json: { order } })).json<{ order: Order }>().order;
  }
}
