import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { channelField, content, type Posted, postedOutput, ts } from './records.ts';
import { channelOf, SlackConnector } from './step.ts';

export class SendMessage extends SlackConnector {
  readonly name = `${this.application.key}-send-message`;
  override readonly description = 'Send a message to a channel, a thread or a person';
  override readonly input = schema.object(
    {
      channel: channelField,
      ...content,
      thread_ts: ts('Answer in the thread of this message'),
      reply_broadcast: schema.flag('Show the answer in the channel as well'),
      unfurl_links: schema.flag('Show what links lead to'),
    },
    ['text'],
  );
  override readonly output = postedOutput;

  async process(message: Message, context: Context): Promise<Posted> {
    const given = message.json<{ channel?: string }>();
    const channel = await channelOf(given.channel, context);
    const names = ['text', 'blocks', 'thread_ts', 'reply_broadcast', 'unfurl_links'];
    return this.post('chat.postMessage', { channel, ...pick(given, names) }, context);
  }
}
