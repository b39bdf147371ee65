import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { id, type Product, productFields, productOutput } from './records.ts';

export class UpdateProduct extends AppConnector {
  readonly name = `${this.application.key}-update-product`;
  override readonly description = 'Change a product; what is not given stays, but of variants all are given';
  override readonly input = schema.object({ product: id('Id of the product'), ...productFields }, ['product']);
  override readonly output = productOutput;

  async process(message: Message, { api }: Context): Promise<Product> {
    const { product: id, ...given } = message.json<{ product: number }>();
    const product = { id, ...pick(given, Object.keys(productFields)) };
    const answer = await api.send(path`/products/${id}.json`, { method: 'PUT', json: { product } });
    return answer.json<{ product: Product }>().product;
  }
}
