import { type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { address, type Customer, customerOutput, id, metadata } from './records.ts';
import { StripeConnector } from './step.ts';

export class UpdateCustomer extends StripeConnector {
  readonly name = `${this.application.key}-update-customer`;
  override readonly description = 'Change a customer; what is not given stays, what is null is emptied';
  override readonly input = schema.object(
    {
      customer: id('cus', 'Customer'),
      email: { ...schema.orNull(schema.text()), description: 'E-mail address' },
      name: { ...schema.orNull(schema.text()), description: 'Name' },
      phone: { ...schema.orNull(schema.text()), description: 'Telephone' },
      description: { ...schema.orNull(schema.text()), description: 'For your eyes only' },
      address,
      metadata,
    },
    ['customer'],
  );
  override readonly output = customerOutput;

  process(message: Message, context: Context): Promise<Customer> {
    const { customer, ...given } = message.json<{ customer: string }>();
    const names = ['email', 'name', 'phone', 'description', 'address', 'metadata'];
    return this.post(path`/customers/${customer}`, pick(given, names), context);
  }
}
