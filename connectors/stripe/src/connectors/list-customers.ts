import { type Context, type Message, schema } from '@sluice/sdk';
import { customerOutput, since } from './records.ts';
import { StripeBatch } from './step.ts';

export class ListCustomers extends StripeBatch {
  readonly name = `${this.application.key}-list-customers`;
  override readonly description = 'Customers, one message each, the newest first';
  override readonly input = schema.object({ email: schema.text('Only those with exactly this address'), since });
  override readonly output = customerOutput;

  process(message: Message, context: Context) {
    const { email, since } = message.json<{ email?: string; since?: number }>();
    return this.page('/customers', { email, 'created[gte]': since }, context);
  }
}
