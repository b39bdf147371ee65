import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type Customer, customerOutput, id } from './records.ts';

export class GetCustomer extends AppConnector {
  readonly name = `${this.application.key}-get-customer`;
  override readonly description = 'One customer';
  override readonly input = schema.object({ customer: id('Id of the customer') }, ['customer']);
  override readonly output = customerOutput;

  async process(message: Message, { api }: Context): Promise<Customer> {
    const { customer } = message.json<{ customer: number }>();
    return (await api.send(path`/customers/${customer}.json`)).json<{ customer: Customer }>().customer;
  }
}
