import { type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { FORM, formBody } from '../application/form-body.ts';
import { id, type Subscription, subscriptionOutput } from './records.ts';
import { StripeConnector } from './step.ts';

export class CancelSubscription extends StripeConnector {
  readonly name = `${this.application.key}-cancel-subscription`;
  override readonly description = 'End a subscription at once';
  override readonly input = schema.object(
    {
      subscription: id('sub', 'Subscription'),
      invoice_now: schema.flag('Invoice what was used and not invoiced yet'),
      prorate: schema.flag('Credit what was paid and not used'),
    },
    ['subscription'],
  );
  override readonly output = subscriptionOutput;

  async process(message: Message, { api }: Context): Promise<Subscription> {
    const { subscription, ...given } = message.json<{ subscription: string }>();
    const body = formBody(pick(given, ['invoice_now', 'prorate']));
    const how = body === '' ? {} : { headers: FORM, body };
    return (await api.send(path`/subscriptions/${subscription}`, { method: 'DELETE', ...how })).json();
  }
}
