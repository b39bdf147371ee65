import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { customerOutput, since } from './records.ts';
import { ShopifyBatch } from './step.ts';

export class ListCustomers extends ShopifyBatch {
  readonly name = `${this.application.key}-list-customers`;
  override readonly description = 'Customers, one message each';
  override readonly input = schema.object({ created_at_min: since('made'), updated_at_min: since('changed') });
  override readonly output = customerOutput;

  process(message: Message, context: Context) {
    const filters = pick(message.json(), ['created_at_min', 'updated_at_min']);
    return this.page('customers', filters as Record<string, string>, context);
  }
}
