import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { amount, currency, id, metadata, type PaymentIntent, paymentIntentOutput } from './records.ts';
import { StripeConnector } from './step.ts';

export class CreatePaymentIntent extends StripeConnector {
  readonly name = `${this.application.key}-create-payment-intent`;
  override readonly description = 'Begin a payment, or collect it at once from a stored means of payment';
  override readonly input = schema.object(
    {
      amount: amount('In the smallest unit of the currency: 1000 is 10.00 EUR'),
      currency,
      customer: id('cus', 'Who pays'),
      payment_method: id('pm', 'Means of payment'),
      confirm: schema.flag('Collect it now'),
      off_session: schema.flag('The customer is not there to confirm'),
      capture_method: schema.choice(['automatic', 'automatic_async', 'manual'], 'When the money is taken'),
      description: schema.text('What it is for'),
      receipt_email: schema.text('Where the receipt goes'),
      metadata,
    },
    ['amount', 'currency'],
  );
  override readonly output = paymentIntentOutput;

  process(message: Message, context: Context): Promise<PaymentIntent> {
    return this.post('/payment_intents', pick(message.json(), Object.keys(this.input.properties as object)), context);
  }
}
