import { type Context, type Message, schema } from '@sluice/sdk';
import { id, paymentIntentOutput, since } from './records.ts';
import { StripeBatch } from './step.ts';

export class ListPaymentIntents extends StripeBatch {
  readonly name = `${this.application.key}-list-payment-intents`;
  override readonly description = 'Payments, one message each, the newest first';
  override readonly input = schema.object({ customer: id('cus', 'Only those of this customer'), since });
  override readonly output = paymentIntentOutput;

  process(message: Message, context: Context) {
    const { customer, since } = message.json<{ customer?: string; since?: number }>();
    return this.page('/payment_intents', { customer, 'created[gte]': since }, context);
  }
}
