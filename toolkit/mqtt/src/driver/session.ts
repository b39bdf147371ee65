// A session that receives: what came is acknowledged when it is said to be, not before.

import type { Receiver } from '@sluice/sdk';
import type { IPublishPacket, MqttClient } from 'mqtt';

export interface Taken {
  readonly packet: IPublishPacket;
}

/** What the driver calls to answer: it acknowledges as soon as it has handed a message on, and offers no other way. */
interface Answering {
  _sendPacket(packet: { cmd: string; messageId?: number }, done?: () => void, ...rest: unknown[]): unknown;
}

export class Session implements Receiver<Taken> {
  readonly #client: MqttClient;
  readonly #waitMs: number;
  readonly #send: Answering['_sendPacket'];
  #waiting: Taken[] = [];
  #arrived: (() => void) | null = null;
  #broken: Error | null = null;

  /** @param client  not connected yet */
  constructor(client: MqttClient, waitMs: number) {
    this.#client = client;
    this.#waitMs = waitMs;
    const answering = client as unknown as Answering;
    this.#send = answering._sendPacket.bind(client);
    answering._sendPacket = (packet, done, ...rest) =>
      packet.cmd === 'puback' ? done?.() : this.#send(packet, done, ...rest);
    client.on('message', (_topic, _payload, packet) => {
      this.#waiting.push({ packet });
      this.#arrived?.();
    });
    client.on('close', () => {
      this.#broken = new Error('The connection of the session was closed.');
      this.#arrived?.();
    });
  }

  async subscribe(topics: readonly string[]): Promise<void> {
    try {
      await this.#client.subscribeAsync([...topics], { qos: 1 });
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** As many as come before nothing has come for a while. */
  async take(most: number): Promise<readonly Taken[]> {
    while (this.#waiting.length < most && !this.#broken && (await this.#oneMore()));
    if (this.#broken) throw this.#broken;
    return this.#waiting.splice(0, most);
  }

  async acknowledge(messages: readonly Taken[]): Promise<void> {
    if (this.#broken) throw this.#broken;
    const sent = messages
      .filter(({ packet }) => packet.qos === 1)
      .map(
        ({ packet }) =>
          new Promise<void>((resolve) => {
            this.#send({ cmd: 'puback', messageId: packet.messageId! }, resolve);
          }),
      );
    await Promise.all(sent);
  }

  async close(): Promise<void> {
    // What waits here was not acknowledged, and is the broker's.
    this.#waiting = [];
    await this.#client.endAsync();
  }

  #oneMore(): Promise<boolean> {
    return new Promise((resolve) => {
      const quiet = setTimeout(() => {
        this.#arrived = null;
        resolve(false);
      }, this.#waitMs);
      this.#arrived = () => {
        clearTimeout(quiet);
        this.#arrived = null;
        resolve(true);
      };
    });
  }
}
