import { type Context, type Message, schema } from '@sluice/sdk';
import { keyField, objectPath, S3Connector } from './step.ts';

export class CopyObject extends S3Connector {
  readonly name = `${this.application.key}-copy-object`;
  override readonly description = 'Copy an object to another key of the bucket';
  override readonly input = schema.object({ key: keyField, to: { ...keyField, description: 'Key of the copy' } }, [
    'key',
    'to',
  ]);
  override readonly output = schema.record({ key: schema.text() });

  async process(message: Message, context: Context) {
    const { key, to } = message.json<{ key: string; to: string }>();
    const bucket = encodeURIComponent((await context.install()).text('settings', 'bucket'));
    await context.api.send(objectPath(to), {
      method: 'PUT',
      headers: { 'x-amz-copy-source': `/${bucket}${objectPath(key)}` },
    });
    return { key: to };
  }
}
