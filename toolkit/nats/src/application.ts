// NATS: one connection for each install.

import {
  type ApplicationContext,
  connectionForm,
  credentialsForm,
  field,
  type Install,
  ServerApplication,
  type Verdict,
} from '@sluice/sdk';
import type { NatsClient } from './driver/client.ts';
import { verdictOf } from './driver/verdict.ts';
import { logo } from './logo.ts';

const PORT = 4222;

export class Nats extends ServerApplication<NatsClient> {
  readonly key: string = 'nats';
  readonly name: string = 'NATS';
  override readonly categories = ['protocols'] as const;
  override readonly description: string = 'Subjects of NATS, requests to whoever listens, and streams of JetStream.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://nats.io';
  override readonly forms = [
    connectionForm({ port: PORT }),
    credentialsForm([
      field.text('user', 'User'),
      field.password('password', 'Password'),
      field.password('token', 'Token', { description: 'Instead of user and password.' }),
    ]),
  ];

  override async test(context: ApplicationContext): Promise<string> {
    return this.use(context, async ({ connection }) => `Connected to NATS ${connection.info?.version ?? ''}.`);
  }

  async open(install: Install): Promise<NatsClient> {
    const { NatsClient } = await import('./driver/client.ts');
    return NatsClient.open(install, PORT);
  }

  close(client: NatsClient): Promise<void> {
    return client.close();
  }

  override broken({ connection }: NatsClient): boolean {
    return connection.isClosed();
  }

  override verdict(error: unknown): Verdict | null {
    return verdictOf(this.name, error);
  }
}
