// Failures around notifications.

import { fault } from './fault.ts';

export const NOTIFICATION_FAULTS = {
  'notification.unknown': fault<{ what: string; name: string }>(
    404,
    (d) => `There is no ${d.what} "${d.name}".`,
    'GET /api/v1/notifications/rules and /channels list what there is.',
  ),
  'notification.no_channel': fault<{ rule: string; channels: readonly string[] }>(
    422,
    (d) => `The rule "${d.rule}" tells channels that do not exist: ${d.channels.join(', ')}. Nothing was changed.`,
    'Make the channel first, with PUT /api/v1/notifications/channels/NAME.',
  ),
  'notification.channel_used': fault<{ channel: string; rules: readonly string[] }>(
    409,
    (d) => `The channel "${d.channel}" is used by the rules ${d.rules.join(', ')}. Nothing was removed.`,
    'Give those rules another channel first, or remove them.',
  ),
  'notification.too_many': fault<{ what: string; most: number }>(
    409,
    (d) => `There are ${d.most} ${d.what} already, which is the most. Nothing was changed.`,
    'Remove what is not needed any more.',
  ),
  'notification.not_sent': fault<{ channel: string; reason: string }>(
    502,
    (d) => `The channel "${d.channel}" could not be reached: ${d.reason} Nothing was sent.`,
    'Mend the settings of the channel, or what it leads to, and try it again.',
  ),
} as const;
