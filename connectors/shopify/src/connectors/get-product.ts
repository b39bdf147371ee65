import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { id, type Product, productOutput } from './records.ts';

export class GetProduct extends AppConnector {
  readonly name = `${this.application.key}-get-product`;
  override readonly description = 'One product with its variants';
  override readonly input = schema.object({ product: id('Id of the product') }, ['product']);
  override readonly output = productOutput;

  async process(message: Message, { api }: Context): Promise<Product> {
    const { product } = message.json<{ product: number }>();
    return (await api.send(path`/products/${product}.json`)).json<{ product: Product }>().product;
  }
}
