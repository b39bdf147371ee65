import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { type Product, productFields, productOutput } from './records.ts';
import { ShopifyConnector } from './step.ts';

export class CreateProduct extends ShopifyConnector {
  readonly name = `${this.application.key}-create-product`;
  override readonly description = 'Make a product';
  override readonly input = schema.object(productFields, ['title']);
  override readonly output = productOutput;

  async process(message: Message, { api }: Context): Promise<Product> {
    const product = pick(message.json(), Object.keys(productFields));
    return (await api.send('/products.json', { json: { product } })).json<{ product: Product }>().product;
  }
}
