// One connection to one server: what a server says of others of its cluster is not followed, for nobody judged their addresses.

import { type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { accountOf, allowedAddress, type Install, targetOf, tlsOf } from '@sluice/sdk';

/** Time of the server for a page until it gives its messages again. */
const ACK_WAIT_NS = 300 * 1_000_000_000;

export interface ConsumerOptions {
  readonly stream: string;
  readonly consumer: string;
  /** Of one that is made: only subjects like this. */
  readonly filter?: string;
}

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

  headersOf(given: Readonly<Record<string, string>> = {}, more: Readonly<Record<string, string>> = {}): MsgHdrs {
    const made = headers();
    for (const [name, value] of Object.entries({ ...more, ...given })) made.set(name, value);
    return made;
  }

  /** One that is not there is made. */
  async haveConsumer({ stream, consumer, filter }: ConsumerOptions): Promise<void> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    const known = await manager.consumers.info(stream, consumer).catch((error: Error) => {
      if (/ConsumerNotFound|consumer not found/i.test(`${error.name} ${error.message}`)) return null;
      throw error;
    });
    if (known) return;
    await manager.consumers.add(stream, {
      durable_name: consumer,
      ack_policy: 'explicit',
      ack_wait: ACK_WAIT_NS,
      ...(filter === undefined ? {} : { filter_subject: filter }),
    });
  }

  async close(): Promise<void> {
    if (!this.connection.isClosed()) await this.connection.drain();
  }
}
