// What an install has open at its broker.

import { type Install, Receivers } from '@sluice/sdk';
import type { IClientPublishOptions, MqttClient } from 'mqtt';
import { connected, type SessionOptions } from './connecting.ts';
import { Session, type Taken } from './session.ts';

export class MqttBroker {
  readonly receivers = new Receivers<Taken>();
  readonly #install: Install;
  readonly #port: number;
  readonly #client: MqttClient;

  private constructor(install: Install, port: number, client: MqttClient) {
    this.#install = install;
    this.#port = port;
    this.#client = client;
  }

  static async open(install: Install, port: number): Promise<MqttBroker> {
    return new MqttBroker(install, port, await connected(install, port));
  }

  get closed(): boolean {
    return !this.#client.connected;
  }

  /** Done when the broker has it (QoS 1 and 2). */
  async publish(topic: string, bytes: Buffer, options: IClientPublishOptions): Promise<void> {
    let broke: (() => void) | undefined;
    try {
      await Promise.race([
        this.#client.publishAsync(topic, bytes, options),
        new Promise<never>((_, reject) => {
          broke = () => reject(new Error('The connection was closed before the broker confirmed.'));
          this.#client.once('close', broke);
        }),
      ]);
    } finally {
      if (broke) this.#client.off('close', broke);
    }
  }

  async session(topics: readonly string[], options: SessionOptions & { readonly waitMs: number }): Promise<Session> {
    let session: Session | undefined;
    await connected(this.#install, this.#port, options, (client) => {
      session = new Session(client, options.waitMs);
    });
    await session!.subscribe(topics);
    return session!;
  }

  async close(): Promise<void> {
    await this.receivers.close();
    await this.#client.endAsync();
  }
}
