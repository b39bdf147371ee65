// One connection: a channel that confirms for all who publish, and a channel of its own for everything that a refusal of the
// broker would close.

import { accountOf, Fail, type Install, Receivers, setting, targetOf, tlsOf } from '@sluice/sdk';
import { type Channel, type ChannelModel, type ConfirmChannel, connect, type GetMessage, type Options } from 'amqplib';

export interface Publication {
  readonly exchange: string;
  readonly routingKey: string;
  readonly bytes: Buffer;
  readonly options: Options.Publish;
}

interface Confirming {
  readonly channel: ConfirmChannel;
  /** Why the broker closed it. */
  refusal: Error | null;
}

const HEARTBEAT_S = 30;

export class AmqpClient {
  readonly receivers = new Receivers<GetMessage>();
  readonly #connection: ChannelModel;
  #confirming: Promise<Confirming> | null = null;
  /** How many messages of a name no queue took, until their confirmation comes. */
  readonly #returned = new Map<string, number>();
  closed = false;

  private constructor(connection: ChannelModel) {
    this.#connection = connection;
    connection.on('error', () => {});
    connection.on('close', () => {
      this.closed = true;
    });
  }

  static async open(install: Install, port: number): Promise<AmqpClient> {
    const { lookup, host, port: at } = targetOf(install, port);
    const tls = tlsOf(install);
    const { user = '', password = '' } = accountOf(install);
    const connection = await connect(
      {
        protocol: tls ? 'amqps' : 'amqp',
        hostname: host,
        port: at,
        username: user,
        password,
        vhost: setting(install, 'vhost', '/'),
        heartbeat: HEARTBEAT_S,
      },
      { ...tls, lookup, timeout: 10_000, noDelay: true, clientProperties: { connection_name: 'sluice' } },
    );
    return new AmqpClient(connection);
  }

  get server(): string {
    const { product = 'the broker', version = '' } = this.#connection.connection.serverProperties as unknown as Record<
      string,
      string
    >;
    return `${product} ${version}`.trim();
  }

  /**
   * Done when the broker has the message.
   * @throws Fail `amqp.unroutable` when no queue takes it
   */
  async publish({ exchange, routingKey, bytes, options }: Publication): Promise<void> {
    const confirming = await this.#confirmed();
    const name = nameOf(exchange, routingKey, options.messageId);
    await new Promise<void>((resolve, reject) => {
      confirming.channel.publish(exchange, routingKey, bytes, { ...options, mandatory: true }, (error) => {
        // The channel of all was closed for what one of them did: whose exchange it is not tries again.
        if (error) reject(confirming.refusal?.message.includes(`'${exchange}'`) ? confirming.refusal : error);
        else resolve();
      });
    });
    // The broker gives a message back before it confirms it.
    const returned = this.#returned.get(name) ?? 0;
    if (returned === 0) return;
    if (returned === 1) this.#returned.delete(name);
    else this.#returned.set(name, returned - 1);
    const from = exchange === '' ? 'the default exchange' : `the exchange "${exchange}"`;
    throw new Fail(
      `No queue takes messages with the routing key "${routingKey}" from ${from}. The message was not kept.`,
      {
        code: 'amqp.unroutable',
      },
    );
  }

  /** Work on a channel of its own, closed with the work. */
  async onChannel<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = await this.channel();
    try {
      return await work(channel);
    } finally {
      await channel.close().catch(() => {});
    }
  }

  async channel(): Promise<Channel> {
    const channel = await this.#connection.createChannel();
    // What the broker refuses rejects the call that asked for it.
    channel.on('error', () => {});
    return channel;
  }

  async close(): Promise<void> {
    await this.receivers.close();
    await this.#connection.close().catch(() => {});
  }

  #confirmed(): Promise<Confirming> {
    this.#confirming ??= this.#openConfirming().catch((error) => {
      this.#confirming = null;
      throw error;
    });
    return this.#confirming;
  }

  async #openConfirming(): Promise<Confirming> {
    const channel = await this.#connection.createConfirmChannel();
    const confirming: Confirming = { channel, refusal: null };
    channel.on('error', (error) => {
      confirming.refusal = error as Error;
    });
    channel.on('close', () => {
      this.#confirming = null;
      this.#returned.clear();
    });
    channel.on('return', ({ fields, properties }) => {
      const name = nameOf(fields.exchange, fields.routingKey, properties.messageId as string | undefined);
      this.#returned.set(name, (this.#returned.get(name) ?? 0) + 1);
    });
    return confirming;
  }
}

const nameOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);
