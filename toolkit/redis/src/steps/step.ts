import { Connector, schema } from '@sluice/sdk';
import type { Redis } from '../application.ts';

export abstract class RedisConnector extends Connector {
  override readonly application: Redis;

  constructor(application: Redis) {
    super();
    this.application = application;
  }
}

export const keyField = schema.text('The key', { minLength: 1, maxLength: 10_000 });
