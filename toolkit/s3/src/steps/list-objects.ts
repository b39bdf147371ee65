import { Batch, type BatchResult, type Context, type Message, schema } from '@sluice/sdk';
import { textIn, xmlOf } from '../application/answers.ts';
import type { S3 } from '../application/s3.ts';

export class ListObjects extends Batch {
  override readonly application: S3;
  readonly name: string;
  override readonly description =
    'Objects of the bucket in the order of their keys, one message each; without their contents';
  override readonly input = schema.object({
    prefix: schema.text('Only keys that begin so', { maxLength: 1_024 }),
    pageSize: schema.integer('Objects of a page; default 1000', { minimum: 1, maximum: 1_000 }),
  });
  override readonly output = schema.record({
    key: schema.text(),
    bytes: schema.integer(),
    etag: schema.text(),
    modifiedAt: schema.text(),
  });

  constructor(application: S3) {
    super();
    this.application = application;
    this.name = `${application.key}-list-objects`;
  }

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { prefix, pageSize = 1_000 } = message.json<{ prefix?: string; pageSize?: number }>();
    const answer = await api.send('', {
      query: {
        'list-type': 2,
        'encoding-type': 'url',
        'max-keys': pageSize,
        prefix: prefix === '' ? undefined : prefix,
        'continuation-token': cursor ?? undefined,
      },
    });
    const list = xmlOf(answer.text());
    const items = list.children
      .filter(({ name }) => name === 'Contents')
      .map((object) => ({
        key: decodeURIComponent((textIn(object, 'Key') ?? '').replaceAll('+', ' ')),
        bytes: Number(textIn(object, 'Size') ?? 0),
        etag: textIn(object, 'ETag') ?? '',
        modifiedAt: textIn(object, 'LastModified') ?? '',
      }));
    const next = textIn(list, 'IsTruncated') === 'true' ? textIn(list, 'NextContinuationToken') : undefined;
    return next ? { items, cursor: next } : { items };
  }
}
