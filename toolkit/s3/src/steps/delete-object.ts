import { type Context, type Message, schema } from '@sluice/sdk';
import { keyField, objectPath, S3Connector } from './step.ts';

export class DeleteObject extends S3Connector {
  readonly name = `${this.application.key}-delete-object`;
  override readonly description = 'Delete an object; one that is gone already is fine';
  override readonly input = schema.object({ key: keyField }, ['key']);
  override readonly output = schema.record({ key: schema.text() });

  async process(message: Message, { api }: Context) {
    const { key } = message.json<{ key: string }>();
    await api.send(objectPath(key), { method: 'DELETE', rules: { '404': 'ok' } });
    return { key };
  }
}
