// A connection to the broker. A broken one is not mended: the next step opens another, and its address is judged anew.

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { accountOf, type Install, setting, targetOf, tlsOf } from '@sluice/sdk';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

const CONNECT_MS = 10_000;

export interface SessionOptions {
  readonly clientId: string;
  /** Messages that the broker gives before the first of them is acknowledged. */
  readonly receiveMaximum: number;
  /** How long the broker keeps the session while nobody is connected. */
  readonly expiryS: number;
}

/**
 * @param session  none: nothing is kept
 * @param prepare  called before anything can arrive: a broker gives what it kept at once
 */
export async function connected(
  install: Install,
  port: number,
  session?: SessionOptions,
  prepare?: (client: MqttClient) => void,
): Promise<MqttClient> {
  const tls = tlsOf(install);
  const target = targetOf(install, port);
  const { user, password } = accountOf(install);
  const version = Number(setting(install, 'version', '5')) as 4 | 5;
  const options: IClientOptions = {
    clientId: session?.clientId ?? `sluice-${randomUUID()}`,
    clean: session === undefined,
    protocolVersion: version,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_MS,
    keepalive: 30,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(session && version === 5
      ? { properties: { sessionExpiryInterval: session.expiryS, receiveMaximum: session.receiveMaximum } }
      : {}),
  };
  const client = new mqtt.MqttClient(() => (tls ? connectTls({ ...target, ...tls }) : connect(target)), options);
  client.setMaxListeners(0);
  prepare?.(client);
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('The broker closed the connection before it took us in.')));
    });
  } catch (error) {
    client.end(true);
    throw error;
  }
  // Told to whoever uses the connection next.
  client.on('error', () => {});
  return client;
}
