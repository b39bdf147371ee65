// One connection to one server: what a server says of others of its cluster is not followed, for nobody judged their addresses.

import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { accountOf, allowedAddress, type Install, targetOf, tlsOf } from '@sluice/sdk';

export class NatsClient {
  readonly connection: NatsConnection;
  readonly streams: JetStreamClient;

  private constructor(connection: NatsConnection) {
    this.connection = connection;
    this.streams = jetstream(connection, { timeout: 10_000 });
  }

  static async open(install: Install, port: number): Promise<NatsClient> {
    const target = targetOf(install, port);
    const address = await allowedAddress(target);
    const { user, password } = accountOf(install);
    const token = install.value<string>('credentials', 'token');
    const tls = tlsOf(install);
    const connection = await connect({
      servers: address.includes(':') ? `[${address}]:${target.port}` : `${address}:${target.port}`,
      ...(token ? { token } : {}),
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { pass: password }),
      tls: tls as never,
      name: 'sluice',
      timeout: 10_000,
      reconnect: false,
      ignoreClusterUpdates: true,
      resolve: false,
    });
    // Told to whoever uses the connection next.
    connection.closed().catch(() => {});
    return new NatsClient(connection);
  }

  async close(): Promise<void> {
    if (!this.connection.isClosed()) await this.connection.drain();
  }
}
