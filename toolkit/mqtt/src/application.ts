// A broker of MQTT: one connection for each install to publish, and one for each session that receives.

import {
  type ApplicationContext,
  accountForm,
  connectionForm,
  field,
  type Install,
  ServerApplication,
  type Verdict,
} from '@sluice/sdk';
import type { MqttBroker } from './driver/broker.ts';
import { verdictOf } from './driver/verdict.ts';
import { logo } from './logo.ts';

const PORT = 8883;

export class Mqtt extends ServerApplication<MqttBroker> {
  readonly key: string = 'mqtt';
  readonly name: string = 'MQTT';
  override readonly categories = ['protocols'] as const;
  override readonly description: string =
    'Topics of an MQTT broker: publish, and receive over a session that the broker keeps while nobody is connected.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://mqtt.org';
  override readonly forms = [
    connectionForm({
      port: PORT,
      fields: [field.select('version', 'Version of the protocol', { 5: '5', 4: '3.1.1' }, { default: '5' })],
    }),
    accountForm(),
  ];

  override async test(context: ApplicationContext): Promise<string> {
    return this.use(context, async () => 'Connected to the broker.');
  }

  async open(install: Install): Promise<MqttBroker> {
    const { MqttBroker } = await import('./driver/broker.ts');
    return MqttBroker.open(install, PORT);
  }

  close(broker: MqttBroker): Promise<void> {
    return broker.close();
  }

  override broken(broker: MqttBroker): boolean {
    return broker.closed;
  }

  override verdict(error: unknown): Verdict | null {
    return verdictOf(this.name, error);
  }
}
