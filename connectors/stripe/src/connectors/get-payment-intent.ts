import { type Context, type Message, path, schema } from '@sluice/sdk';
import { id, type PaymentIntent, paymentIntentOutput } from './records.ts';
import { StripeConnector } from './step.ts';

export class GetPaymentIntent extends StripeConnector {
  readonly name = `${this.application.key}-get-payment-intent`;
  override readonly description = 'One payment and how it stands';
  override readonly input = schema.object({ payment_intent: id('pi', 'Payment') }, ['payment_intent']);
  override readonly output = paymentIntentOutput;

  async process(message: Message, { api }: Context): Promise<PaymentIntent> {
    const { payment_intent: payment } = message.json<{ payment_intent: string }>();
    return (await api.send(path`/payment_intents/${payment}`)).json();
  }
}
