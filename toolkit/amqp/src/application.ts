// A broker of AMQP 0-9-1, such as RabbitMQ: one connection for each install.

import {
  type ApplicationContext,
  accountForm,
  connectionForm,
  field,
  type Install,
  ServerApplication,
  type Verdict,
} from '@sluice/sdk';
import type { AmqpClient } from './driver/client.ts';
import { verdictOf } from './driver/verdict.ts';
import { logo } from './logo.ts';

const PORT = 5671;

export class Amqp extends ServerApplication<AmqpClient> {
  readonly key: string = 'amqp';
  readonly name: string = 'AMQP';
  override readonly categories = ['protocols'] as const;
  override readonly description: string =
    'Messages of a broker that speaks AMQP 0-9-1, such as RabbitMQ: published with confirms, received with acknowledgements that are sent when the messages are on the disk of the platform.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://www.rabbitmq.com';
  override readonly forms = [
    connectionForm({
      port: PORT,
      fields: [field.text('vhost', 'Virtual host', { default: '/', maxLength: 255 })],
    }),
    accountForm({ required: true }),
  ];

  override async test(context: ApplicationContext): Promise<string> {
    return this.use(context, async (client) => `Connected to ${client.server}.`);
  }

  async open(install: Install): Promise<AmqpClient> {
    const { AmqpClient } = await import('./driver/client.ts');
    return AmqpClient.open(install, PORT);
  }

  close(client: AmqpClient): Promise<void> {
    return client.close();
  }

  override broken(client: AmqpClient): boolean {
    return client.closed;
  }

  override verdict(error: unknown): Verdict | null {
    return verdictOf(this.name, error);
  }
}
