import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { productOutput, since } from './records.ts';
import { ShopifyBatch } from './step.ts';

export class ListProducts extends ShopifyBatch {
  readonly name = `${this.application.key}-list-products`;
  override readonly description = 'Products with their variants, one message each';
  override readonly input = schema.object({
    status: schema.choice(['active', 'archived', 'draft'], 'Only those that stand so'),
    vendor: schema.text('Only those of this maker'),
    updated_at_min: since('changed'),
  });
  override readonly output = productOutput;

  process(message: Message, context: Context) {
    const filters = pick(message.json(), ['status', 'vendor', 'updated_at_min']);
    return this.page('products', filters as Record<string, string>, context);
  }
}
