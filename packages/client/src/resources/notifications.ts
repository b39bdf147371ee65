// Who is told of what, and how.

import type {
  ChannelRequest,
  ChannelView,
  DeliveryQuery,
  DeliveryView,
  NotificationRuleRequest,
  NotificationRuleView,
  PageOf,
} from '@sluice/protocol';
import { type Http, path } from '../http/http.ts';

const ROOT = '/api/v1/notifications';

export function notificationCalls(http: Http) {
  const rule = (name: string): string => ROOT + path`/rules/${name}`;
  const channel = (name: string): string => ROOT + path`/channels/${name}`;
  return {
    rules: (): Promise<PageOf<NotificationRuleView>> => http.call('GET', `${ROOT}/rules`),
    saveRule: (name: string, request: NotificationRuleRequest): Promise<NotificationRuleView> =>
      http.call('PUT', rule(name), { json: request }),
    removeRule: (name: string): Promise<void> => http.call('DELETE', rule(name)),
    channels: (): Promise<PageOf<ChannelView>> => http.call('GET', `${ROOT}/channels`),
    /** A secret that is left out stays, as long as the channel leads to the same place. */
    saveChannel: (name: string, request: ChannelRequest): Promise<ChannelView> =>
      http.call('PUT', channel(name), { json: request }),
    removeChannel: (name: string): Promise<void> => http.call('DELETE', channel(name)),
    /** Send something by it now. */
    testChannel: (name: string): Promise<DeliveryView> => http.call('POST', `${channel(name)}/test`),
    /** What was sent, and what was not; the newest first. */
    deliveries: (query: DeliveryQuery = {}): Promise<PageOf<DeliveryView>> =>
      http.call('GET', `${ROOT}/deliveries`, { query: { ...query } }),
  };
}
