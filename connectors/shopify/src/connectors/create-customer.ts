import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { address, type Customer, customerOutput } from './records.ts';

export class CreateCustomer extends AppConnector {
  readonly name = `${this.application.key}-create-customer`;
  override readonly description = 'Make a customer';
  override readonly input = schema.object({
    email: schema.text('E-mail address'),
    phone: schema.text('Telephone, with the country: +420…'),
    first_name: schema.text('First name'),
    last_name: schema.text('Last name'),
    note: schema.text('For your eyes only'),
    tags: schema.text('Tags with commas between them'),
    addresses: schema.list(address, 'Postal addresses'),
  });
  override readonly output = customerOutput;

  async process(message: Message, { api }: Context): Promise<Customer> {
    const customer = pick(message.json(), Object.keys(this.input.properties as object));
    return (await api.send('/customers.json', { json: { customer } })).json<{ customer: Customer }>().customer;
  }
}
