import { Connector, type Content, type Context, contentFields, encodeContent, type Message, schema } from '@sluice/sdk';
import type { Mqtt } from '../application.ts';
import { assertTopic } from './topic.ts';

interface Input extends Content {
  readonly topic: string;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
}

export class PublishMessage extends Connector {
  override readonly application: Mqtt;
  readonly name: string;
  override readonly description = 'Publish to a topic; done when the broker has the message';
  override readonly input = schema.object(
    {
      topic: schema.text('The topic, such as plant/7/temperature', { minLength: 1, maxLength: 65_535 }),
      ...contentFields,
      qos: schema.integer('0: it may get lost; 1 (default): it may come twice; 2: once', { enum: [0, 1, 2] }),
      retain: schema.flag('Kept by the broker for those who subscribe later'),
    },
    ['topic', 'content'],
  );
  override readonly output = schema.record({ topic: schema.text() });

  constructor(application: Mqtt) {
    super();
    this.application = application;
    this.name = `${application.key}-publish-message`;
  }

  async process(message: Message, context: Context) {
    const input = message.json<Input>();
    const { topic, qos = 1, retain = false } = input;
    assertTopic(topic);
    await this.application.use(context, (broker) => broker.publish(topic, encodeContent(input), { qos, retain }));
    return { topic };
  }
}
