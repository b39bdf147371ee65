import { type Context, type Message, path, schema } from '@sluice/sdk';
import { type Customer, customerOutput, id } from './records.ts';
import { StripeConnector } from './step.ts';

export class GetCustomer extends StripeConnector {
  readonly name = `${this.application.key}-get-customer`;
  override readonly description = 'One customer; of a deleted one only id and "deleted" are left';
  override readonly input = schema.object({ customer: id('cus', 'Customer') }, ['customer']);
  override readonly output = { anyOf: [customerOutput, schema.record({ id: schema.text(), deleted: schema.flag() })] };

  async process(message: Message, { api }: Context): Promise<Customer | { id: string; deleted: true }> {
    const { customer } = message.json<{ customer: string }>();
    return (await api.send(path`/customers/${customer}`)).json();
  }
}
