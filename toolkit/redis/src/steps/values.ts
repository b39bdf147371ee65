// One value by its key.

import {
  type Content,
  type Context,
  contentFields,
  contentOutput,
  decodeContent,
  encodeContent,
  type Message,
  schema,
} from '@sluice/sdk';
import { keyField, RedisConnector } from './step.ts';

interface Keyed {
  readonly key: string;
}

export class GetValue extends RedisConnector {
  readonly name = `${this.application.key}-get-value`;
  override readonly description = 'The value of a key, or that there is none';
  override readonly input = schema.object({ key: keyField }, ['key']);
  override readonly output = schema.object({ key: schema.text(), found: schema.flag(), ...contentOutput }, [
    'key',
    'found',
  ]);

  async process(message: Message, context: Context) {
    const { key } = message.json<Keyed>();
    const value = await this.application.use(context, (client) => client.ask(['GET', key]));
    return value === null ? { key, found: false } : { key, found: true, ...decodeContent(value as Buffer) };
  }
}

export class SetValue extends RedisConnector {
  readonly name = `${this.application.key}-set-value`;
  override readonly description =
    'Set the value of a key; with onlyIf, only where there is none, or only where there is one';
  override readonly input = schema.object(
    {
      key: keyField,
      ...contentFields,
      expiresInMs: schema.integer('It is gone after so many milliseconds', { minimum: 1 }),
      onlyIf: schema.choice(['absent', 'present'], 'Set only then'),
    },
    ['key', 'content'],
  );
  override readonly output = schema.record({ key: schema.text(), written: schema.flag() });

  async process(message: Message, context: Context) {
    const input = message.json<Keyed & Content & { expiresInMs?: number; onlyIf?: 'absent' | 'present' }>();
    const { key, expiresInMs, onlyIf } = input;
    const command = [
      'SET',
      key,
      encodeContent(input),
      ...(expiresInMs === undefined ? [] : ['PX', expiresInMs]),
      ...(onlyIf === undefined ? [] : [onlyIf === 'absent' ? 'NX' : 'XX']),
    ];
    return { key, written: (await this.application.use(context, (client) => client.ask(command))) !== null };
  }
}

export class DeleteValue extends RedisConnector {
  readonly name = `${this.application.key}-delete-value`;
  override readonly description = 'Delete a key, whatever it holds; one that is gone already is fine';
  override readonly input = schema.object({ key: keyField }, ['key']);
  override readonly output = schema.record({ key: schema.text(), deleted: schema.flag() });

  async process(message: Message, context: Context) {
    const { key } = message.json<Keyed>();
    return { key, deleted: (await this.application.use(context, (client) => client.ask(['DEL', key]))) === 1 };
  }
}

/** Adds and remembers in one go: a repeat finds what it was told the first time. */
const INCREMENT = `
local done = redis.call('GET', KEYS[2])
if done then return done end
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], tostring(sum), 'PX', ARGV[2])
return tostring(sum)`;
const REMEMBERED_MS = 86_400_000;

export class IncrementValue extends RedisConnector {
  readonly name = `${this.application.key}-increment-value`;
  override readonly description = 'Add to a number; a repeat of the message within a day adds nothing more';
  override readonly input = schema.object({ key: keyField, by: schema.integer('Default 1') }, ['key']);
  override readonly output = schema.record({ key: schema.text(), value: schema.integer() });

  async process(message: Message, context: Context) {
    const { key, by = 1 } = message.json<Keyed & { by?: number }>();
    const command = ['EVAL', INCREMENT, 2, key, `${key}:sluice:${message.idempotencyKey}`, by, REMEMBERED_MS];
    return { key, value: Number(await this.application.use(context, (client) => client.ask(command))) };
  }
}
