import { type Content, type Context, contentFields, encodeContent, type Message, schema } from '@sluice/sdk';
import { header, keyField, objectPath, S3Connector } from './step.ts';

const TYPES = {
  json: 'application/json',
  text: 'text/plain; charset=utf-8',
  base64: 'application/octet-stream',
} as const;

export class PutObject extends S3Connector {
  readonly name = `${this.application.key}-put-object`;
  override readonly description = 'Put an object into the bucket; the same again is the same object';
  override readonly input = schema.object(
    {
      key: keyField,
      ...contentFields,
      contentType: schema.text('Media type; default: as the content is', { maxLength: 255, pattern: '^[^\\r\\n]*$' }),
      onlyIfAbsent: schema.flag('One that is there already is a failure'),
    },
    ['key', 'content'],
  );
  override readonly output = schema.record({
    key: schema.text(),
    bytes: schema.integer(),
    etag: schema.orNull(schema.text()),
  });

  async process(message: Message, { api }: Context) {
    const input = message.json<Content & { key: string; contentType?: string; onlyIfAbsent?: boolean }>();
    const { key, encoding = typeof input.content === 'string' ? 'text' : 'json', onlyIfAbsent = false } = input;
    const body = encodeContent({ ...input, encoding });
    const { headers } = await api.send(objectPath(key), {
      method: 'PUT',
      body,
      headers: {
        'content-type': input.contentType ?? TYPES[encoding],
        ...(onlyIfAbsent ? { 'if-none-match': '*' } : {}),
      },
    });
    return { key, bytes: body.length, etag: header(headers.etag) };
  }
}
