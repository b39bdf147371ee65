import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { deletedOutput, id } from './records.ts';

export class DeleteProduct extends AppConnector {
  readonly name = `${this.application.key}-delete-product`;
  override readonly description = 'Delete a product';
  override readonly input = schema.object({ product: id('Id of the product') }, ['product']);
  override readonly output = deletedOutput;

  async process(message: Message, { api }: Context): Promise<{ id: number; deleted: boolean }> {
    const { product } = message.json<{ product: number }>();
    await api.send(path`/products/${product}.json`, { method: 'DELETE' });
    return { id: product, deleted: true };
  }
}
