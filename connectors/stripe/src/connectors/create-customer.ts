import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { address, type Customer, customerOutput, metadata } from './records.ts';
import { StripeConnector } from './step.ts';

export class CreateCustomer extends StripeConnector {
  readonly name = `${this.application.key}-create-customer`;
  override readonly description = 'Make a customer';
  override readonly input = schema.object({
    email: schema.text('E-mail address', { maxLength: 512 }),
    name: schema.text('Name'),
    phone: schema.text('Telephone'),
    description: schema.text('For your eyes only'),
    address,
    metadata,
  });
  override readonly output = customerOutput;

  process(message: Message, context: Context): Promise<Customer> {
    const names = ['email', 'name', 'phone', 'description', 'address', 'metadata'];
    return this.post('/customers', pick(message.json(), names), context);
  }
}
