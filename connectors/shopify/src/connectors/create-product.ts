import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { type Product, productFields, productOutput } from './records.ts';

export class CreateProduct extends AppConnector {
  readonly name = `${this.application.key}-create-product`;
  override readonly description = 'Make a product';
  override readonly input = schema.object(productFields, ['title']);
  override readonly output = productOutput;

  async process(message: Message, { api }: Context): Promise<Product> {
    const product = pick(message.json(), Object.keys(productFields));
    return (await api.send('/products.json', { json: { product } })).json<{ product: Product }>().product;
  }
}
