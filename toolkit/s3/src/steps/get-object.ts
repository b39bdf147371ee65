import { type Context, contentOutput, decodeContent, type Message, schema } from '@sluice/sdk';
import { header, keyField, objectPath, S3Connector } from './step.ts';

export class GetObject extends S3Connector {
  readonly name = `${this.application.key}-get-object`;
  override readonly description = 'The content of an object';
  override readonly input = schema.object(
    {
      key: keyField,
      maxBytes: schema.integer('A larger object is a failure; default 16 MiB', { minimum: 1, maximum: 134_217_728 }),
    },
    ['key'],
  );
  override readonly output = schema.record({
    key: schema.text(),
    bytes: schema.integer(),
    etag: schema.orNull(schema.text()),
    contentType: schema.orNull(schema.text()),
    ...contentOutput,
  });

  async process(message: Message, { api }: Context) {
    const { key, maxBytes = 16_777_216 } = message.json<{ key: string; maxBytes?: number }>();
    const { bytes, headers } = await api.send(objectPath(key), { maxBytes });
    const contentType = header(headers['content-type']);
    return {
      key,
      bytes: bytes.byteLength,
      etag: header(headers.etag),
      contentType,
      ...decodeContent(bytes, contentType ?? ''),
    };
  }
}
