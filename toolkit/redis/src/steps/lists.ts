// Lists: put to the end, read from the beginning.

import {
  Batch,
  type BatchResult,
  type Context,
  contentOutput,
  decodeContent,
  encodeContent,
  Fail,
  type Json,
  type Message,
  schema,
} from '@sluice/sdk';
import type { Redis } from '../application.ts';
import { keyField, RedisConnector } from './step.ts';

export class PushItems extends RedisConnector {
  readonly name = `${this.application.key}-push-items`;
  override readonly description = 'Put items to the end of a list; a message that is repeated may put them twice';
  override readonly input = schema.object(
    {
      key: keyField,
      items: schema.list({}, 'Items: texts as they are, all else as JSON', { minItems: 1, maxItems: 10_000 }),
    },
    ['key', 'items'],
  );
  override readonly output = schema.record({ key: schema.text(), length: schema.integer() });

  async process(message: Message, context: Context) {
    const { key, items } = message.json<{ key: string; items: Json[] }>();
    const command = ['RPUSH', key, ...items.map((content) => encodeContent({ content }))];
    return { key, length: Number(await this.application.use(context, (client) => client.ask(command))) };
  }
}

export class ListItems extends Batch {
  override readonly application: Redis;
  readonly name: string;
  override readonly description = 'Items of a list, one message each, page by page; they stay in it';
  override readonly input = schema.object(
    { key: keyField, pageSize: schema.integer('Items of a page; default 500', { minimum: 1, maximum: 10_000 }) },
    ['key'],
  );
  override readonly output = schema.record(contentOutput);

  constructor(application: Redis) {
    super();
    this.application = application;
    this.name = `${application.key}-list-items`;
  }

  async process(message: Message, context: Context): Promise<BatchResult> {
    const { key, pageSize = 500 } = message.json<{ key: string; pageSize?: number }>();
    const from = context.cursor === null ? 0 : Number(context.cursor);
    if (!Number.isSafeInteger(from) || from < 0)
      throw new Fail('The cursor was expected to be a position in the list.');
    const to = from + pageSize;
    const found = await this.application.use(context, (client) => client.ask(['LRANGE', key, from, to - 1]));
    const items = (found as readonly Buffer[]).map((bytes) => decodeContent(bytes));
    return items.length === pageSize ? { items, cursor: String(to) } : { items };
  }
}
