// Streams with a group of consumers: the entries of a page are acknowledged when the next one is asked for, by whichever
// worker that is. What nobody acknowledged is given again.

import {
  Batch,
  type BatchResult,
  type Context,
  decodeContent,
  Fail,
  type Json,
  type Message,
  schema,
} from '@sluice/sdk';
import type { Redis } from '../application.ts';
import type { RedisClient, Reply } from '../driver/client.ts';
import { keyField, RedisConnector } from './step.ts';

type Entry = readonly [id: Buffer, fields: readonly Buffer[] | null];

export class AddEntry extends RedisConnector {
  readonly name = `${this.application.key}-add-entry`;
  override readonly description =
    'Add an entry to a stream; a message that is repeated may add it twice, with the same "key"';
  override readonly input = schema.object(
    {
      stream: keyField,
      fields: schema.map('Fields: texts as they are, all else as JSON', { minProperties: 1 }),
      maxLength: schema.integer('The stream keeps about so many entries', { minimum: 1 }),
    },
    ['stream', 'fields'],
  );
  override readonly output = schema.record({ stream: schema.text(), id: schema.text() });

  async process(message: Message, context: Context) {
    const { stream, fields, maxLength } = message.json<{
      stream: string;
      fields: Record<string, Json>;
      maxLength?: number;
    }>();
    const command = [
      'XADD',
      stream,
      ...(maxLength === undefined ? [] : ['MAXLEN', '~', maxLength]),
      '*',
      ...Object.entries({ key: message.idempotencyKey, ...fields }).flatMap(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ];
    return { stream, id: String(await this.application.use(context, (client) => client.ask(command))) };
  }
}

interface Input {
  readonly stream: string;
  readonly group: string;
  readonly pageSize?: number;
  readonly limit?: number;
}

/** What another batch took so long ago and did not acknowledge is taken over. */
const ABANDONED_MS = 600_000;

export class ReadEntries extends Batch {
  override readonly application: Redis;
  readonly name: string;
  override readonly description =
    'Entries of a stream that its group has not had, one message each; acknowledged when they are on the disk of the platform';
  override readonly input = schema.object(
    {
      stream: keyField,
      group: schema.text('Name of the group; made where it is not there, to read from the beginning', {
        minLength: 1,
        maxLength: 500,
      }),
      pageSize: schema.integer('Entries of a page; default 100', { minimum: 1, maximum: 1_000 }),
      limit: schema.integer('The batch ends after so many; default 10 000', { minimum: 1, maximum: 10_000_000 }),
    },
    ['stream', 'group'],
  );
  override readonly output = schema.record({ id: schema.text(), fields: schema.map() });

  constructor(application: Redis) {
    super();
    this.application = application;
    this.name = `${application.key}-read-entries`;
  }

  process(message: Message, context: Context): Promise<BatchResult> {
    const { stream, group, pageSize = 100, limit = 10_000 } = message.json<Input>();
    const { ids, total } = cursorIn(context.cursor);
    const consumer = message.idempotencyKey;
    return this.application.use(context, async (client) => {
      if (ids.length > 0) await client.ask(['XACK', stream, group, ...ids]);
      else await makeGroup(client, stream, group);
      const most = Math.min(pageSize, limit - total);
      const entries = most > 0 ? await take(client, { stream, group, consumer, most }) : [];
      if (entries.length === 0) {
        await client.ask(['XGROUP', 'DELCONSUMER', stream, group, consumer]);
        return { items: [] };
      }
      const cursor = JSON.stringify([total + entries.length, ...entries.map(([id]) => String(id))]);
      return { items: entries.map(recordOf), cursor };
    });
  }
}

async function makeGroup(client: RedisClient, stream: string, group: string): Promise<void> {
  try {
    await client.ask(['XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM']);
  } catch (error) {
    if (!/^BUSYGROUP/.test((error as Error).message)) throw error;
  }
}

/** First what this batch had and did not acknowledge, then what others left, then what is new. */
async function take(
  client: RedisClient,
  { stream, group, consumer, most }: { stream: string; group: string; consumer: string; most: number },
): Promise<readonly Entry[]> {
  const read = async (from: string): Promise<readonly Entry[]> => {
    const found = (await client.ask([
      'XREADGROUP',
      'GROUP',
      group,
      consumer,
      'COUNT',
      most,
      'STREAMS',
      stream,
      from,
    ])) as readonly [readonly [Reply, readonly Entry[]]] | null;
    return found?.[0][1] ?? [];
  };
  const own = await read('0');
  if (own.length > 0) return own;
  const [, left] = (await client.ask([
    'XAUTOCLAIM',
    stream,
    group,
    consumer,
    ABANDONED_MS,
    '0',
    'COUNT',
    most,
  ])) as unknown as [Reply, readonly Entry[]];
  return left.length > 0 ? left : read('>');
}

function recordOf([id, fields]: Entry) {
  const pairs = fields ?? [];
  const named: Record<string, Json> = {};
  for (let at = 0; at < pairs.length; at += 2) {
    const { content, encoding } = decodeContent(pairs[at + 1]!, 'text/plain');
    named[String(pairs[at])] = encoding === 'base64' ? { base64: content } : content;
  }
  return { id: String(id), fields: named };
}

function cursorIn(cursor: string | null): { ids: readonly string[]; total: number } {
  if (cursor === null) return { ids: [], total: 0 };
  try {
    const [total, ...ids] = JSON.parse(cursor) as [number, ...string[]];
    if (Number.isSafeInteger(total) && ids.length > 0 && ids.every((id) => /^\d+-\d+$/.test(id))) return { ids, total };
  } catch {
    // Said below.
  }
  throw new Fail(`The cursor of a page of entries was expected, got "${cursor.slice(0, 100)}".`);
}
