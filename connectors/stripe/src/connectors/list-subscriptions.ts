import { type Context, type Message, schema } from '@sluice/sdk';
import { id, subscriptionOutput } from './records.ts';
import { StripeBatch } from './step.ts';

const STATES = ['active', 'past_due', 'unpaid', 'canceled', 'incomplete', 'incomplete_expired', 'trialing', 'paused'];

interface Input {
  readonly customer?: string;
  readonly price?: string;
  readonly status?: string;
}

export class ListSubscriptions extends StripeBatch {
  readonly name = `${this.application.key}-list-subscriptions`;
  override readonly description = 'Subscriptions, one message each; without a status those that have not ended';
  override readonly input = schema.object({
    customer: id('cus', 'Only those of this customer'),
    price: id('price', 'Only those with this price'),
    status: schema.choice([...STATES, 'ended', 'all'], 'Only those that stand so'),
  });
  override readonly output = subscriptionOutput;

  process(message: Message, context: Context) {
    const { customer, price, status } = message.json<Input>();
    return this.page('/subscriptions', { customer, price, status }, context);
  }
}
