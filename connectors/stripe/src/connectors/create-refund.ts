import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { amount, id, metadata, type Refund, refundOutput } from './records.ts';
import { StripeConnector } from './step.ts';

export class CreateRefund extends StripeConnector {
  readonly name = `${this.application.key}-create-refund`;
  override readonly description = 'Give a payment back, or part of it';
  override readonly input = schema.object(
    {
      payment_intent: id('pi', 'Payment'),
      amount: amount('In the smallest unit of the currency; default: all that is left'),
      reason: schema.choice(['duplicate', 'fraudulent', 'requested_by_customer'], 'Why'),
      metadata,
    },
    ['payment_intent'],
  );
  override readonly output = refundOutput;

  process(message: Message, context: Context): Promise<Refund> {
    return this.post('/refunds', pick(message.json(), ['payment_intent', 'amount', 'reason', 'metadata']), context);
  }
}
