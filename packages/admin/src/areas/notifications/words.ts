// Rules and channels in words.

import type { ChannelView, NotificationCondition } from '@sluice/protocol';
import { count, plural } from '../../parts/words.ts';

export const CONDITIONS: readonly { readonly value: NotificationCondition['kind']; readonly label: string }[] = [
  { value: 'process-failed', label: 'A process failed' },
  { value: 'trash', label: 'Messages are in trash' },
  { value: 'queue', label: 'A queue is too deep' },
  { value: 'worker-down', label: 'A worker is gone' },
  { value: 'ledger', label: 'The ledger does not balance' },
  { value: 'authorise', label: 'An application has to be authorised again' },
  { value: 'certificate', label: 'The certificate of the gateway ends soon' },
];

const lasting = (minutes: number): string => (minutes === 0 ? '' : ` for ${plural(minutes, 'minute')}`);
const of = (name: string | undefined): string => (name === undefined ? '' : ` of ${name}`);

export function whenOf(when: NotificationCondition): string {
  switch (when.kind) {
    case 'process-failed':
      return `A process${of(when.topology)} failed`;
    case 'trash':
      return `More than ${count(when.over)} in trash${of(when.topology)}`;
    case 'queue':
      return `More than ${count(when.over)} queued${of(when.node ?? when.topology)}${lasting(when.forMinutes)}`;
    case 'worker-down':
      return `${when.worker ?? 'A worker'} is gone${lasting(when.forMinutes)}`;
    case 'ledger':
      return 'The ledger does not balance';
    case 'authorise':
      return `${when.application ?? 'An application'} has to be authorised again`;
    case 'certificate':
      return `The certificate of the gateway ends within ${plural(when.withinDays, 'day')}`;
  }
}

export const KINDS: readonly { readonly value: ChannelView['kind']; readonly label: string }[] = [
  { value: 'email', label: 'E-mail' },
  { value: 'webhook', label: 'Webhook' },
  { value: 'topology', label: 'Topology' },
];

export function leadsTo(channel: ChannelView): string {
  if (channel.kind === 'email') return channel.to.join(', ');
  return channel.kind === 'webhook' ? channel.url : `${channel.topology} / ${channel.startNode}`;
}
