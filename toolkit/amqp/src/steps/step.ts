import { Connector, schema } from '@sluice/sdk';
import type { Amqp } from '../application.ts';

export abstract class AmqpConnector extends Connector {
  override readonly application: Amqp;

  constructor(application: Amqp) {
    super();
    this.application = application;
  }
}

export const queueField = schema.text('Name of the queue', { minLength: 1, maxLength: 255 });
export const exchangeField = schema.text(
  'Name of the exchange; default: the one that leads to the queue named by the routing key',
  {
    maxLength: 255,
  },
);
