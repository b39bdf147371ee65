// Redis, or what speaks like it: one connection for each install.

import {
  type ApplicationContext,
  accountForm,
  connectionForm,
  field,
  type Install,
  ServerApplication,
  type Verdict,
} from '@sluice/sdk';
import type { RedisClient } from './driver/client.ts';
import { verdictOf } from './driver/verdict.ts';
import { logo } from './logo.ts';

const PORT = 6379;

export class Redis extends ServerApplication<RedisClient> {
  readonly key: string = 'redis';
  readonly name: string = 'Redis';
  override readonly categories = ['databases'] as const;
  override readonly description: string =
    'Values, counters, lists and streams of a Redis server, or of one that speaks like it.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://redis.io';
  override readonly forms = [
    connectionForm({
      port: PORT,
      fields: [field.number('database', 'Number of the database', { default: 0, minimum: 0, maximum: 1_000 })],
    }),
    accountForm(),
  ];

  override async test(context: ApplicationContext): Promise<string> {
    return this.use(context, async (client) => {
      const info = String(await client.ask(['INFO', 'server']));
      return `Connected to Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? ''}`.trim().concat('.');
    });
  }

  async open(install: Install): Promise<RedisClient> {
    const { RedisClient } = await import('./driver/client.ts');
    return RedisClient.open(install, PORT);
  }

  close(client: RedisClient): Promise<void> {
    return client.close();
  }

  override broken(client: RedisClient): boolean {
    return client.closed;
  }

  override verdict(error: unknown): Verdict | null {
    return verdictOf(this.name, error);
  }
}
