import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { type CheckoutSession, id, lines, metadata, sessionOutput } from './records.ts';
import { StripeConnector } from './step.ts';

export class CreateCheckoutSession extends StripeConnector {
  readonly name = `${this.application.key}-create-checkout-session`;
  override readonly description = 'Make a page of Stripe on which a customer pays or subscribes; its address is "url"';
  override readonly input = schema.object(
    {
      mode: schema.choice(['payment', 'subscription'], 'Once, or again and again'),
      line_items: lines,
      success_url: schema.text('Where the customer goes on afterwards'),
      cancel_url: schema.text('Where the customer goes back to'),
      customer: id('cus', 'Who pays'),
      customer_email: schema.text('E-mail address of a new customer'),
      client_reference_id: schema.text('Your own id, such as that of a cart', { maxLength: 200 }),
      metadata,
    },
    ['mode', 'line_items', 'success_url'],
  );
  override readonly output = sessionOutput;

  process(message: Message, context: Context): Promise<CheckoutSession> {
    return this.post('/checkout/sessions', pick(message.json(), Object.keys(this.input.properties as object)), context);
  }
}
