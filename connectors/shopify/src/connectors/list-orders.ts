import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { orderOutput, since } from './records.ts';
import { ShopifyBatch } from './step.ts';

const FILTERS = ['status', 'financial_status', 'fulfillment_status', 'created_at_min', 'updated_at_min'];

export class ListOrders extends ShopifyBatch {
  readonly name = `${this.application.key}-list-orders`;
  override readonly description = 'Orders, one message each; without a scope for older ones those of the last 60 days';
  override readonly input = schema.object({
    status: schema.choice(['open', 'closed', 'cancelled', 'any'], 'Default: open'),
    financial_status: schema.choice(
      ['authorized', 'pending', 'paid', 'partially_paid', 'refunded', 'voided', 'partially_refunded', 'any', 'unpaid'],
      'How the payment stands',
    ),
    fulfillment_status: schema.choice(
      ['shipped', 'partial', 'unshipped', 'any', 'unfulfilled'],
      'How the sending stands',
    ),
    created_at_min: since('placed'),
    updated_at_min: since('changed'),
  });
  override readonly output = orderOutput;

  process(message: Message, context: Context) {
    return this.page('orders', pick(message.json(), FILTERS) as Record<string, string>, context);
  }
}
