// One way to send for each kind of channel.

import type { ChannelView } from '@sluice/protocol';
import type { Notice } from '../watch/words.ts';
import { sendEmail } from './email.ts';
import { sendWebhook } from './webhook.ts';

/** Start a process; the same key again starts no second one. */
export type StartTopology = (topology: string, startNode: string, key: string, body: string) => Promise<void>;

export async function send(
  { channel, secret }: { channel: ChannelView; secret: string | null },
  id: string,
  notice: Notice,
  start: StartTopology,
): Promise<void> {
  switch (channel.kind) {
    case 'email':
      return sendEmail(channel, secret, id, notice);
    case 'webhook':
      return sendWebhook(channel, secret, id, notice);
    case 'topology':
      return start(channel.topology, channel.startNode, id, JSON.stringify({ id, ...notice }));
  }
}
