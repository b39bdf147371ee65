// A channel for the events of one calendar. Google calls it for at most a week, with our token in a header and nothing in the body: what
// changed is read by `list-events` with `updatedMin`. The first delivery says that the channel is there (`x-goog-resource-state: sync`).

import { createHash } from 'node:crypto';
import { field, form, path, type Webhook } from '@sluice/sdk';

/** A week less an hour, to subscribe anew in time. */
const LIFETIME_S = 7 * 86_400 - 3_600;

interface Channel {
  readonly id: string;
  readonly resourceId: string;
  /** Epoch ms, as a text. */
  readonly expiration?: string;
}

export const webhooks: readonly Webhook[] = [
  {
    name: 'events',
    label: 'An event of a calendar is new, changes or is deleted',
    description: 'Read what it was with list-events and updatedMin.',
    verification: { kind: 'token', in: 'header', name: 'x-goog-channel-token' },
    parameters: form('parameters', 'Which calendar', [
      field.text('calendar', 'Calendar', {
        placeholder: 'primary',
        description: 'Its id; default: that of the settings, else the main one.',
      }),
    ]),
    async subscribe({ url, secret, parameters }, context) {
      const { api } = context;
      const settled = (await context.install()).value<string>('settings', 'calendar');
      const calendar = String(parameters.calendar || settled || 'primary');
      // Ids of channels must be new: the same address may be subscribed to again.
      const id = createHash('sha256').update(`${url} ${context.now()}`).digest('hex').slice(0, 40);
      const json = { id, type: 'web_hook', address: url, token: secret, params: { ttl: String(LIFETIME_S) } };
      const channel = (await api.send(path`/calendars/${calendar}/events/watch`, { json })).json<Channel>();
      return {
        reference: { channel: channel.id, resource: channel.resourceId },
        expiresAt: Number(channel.expiration ?? context.now() + LIFETIME_S * 1_000),
      };
    },
    async unsubscribe(reference, { api }) {
      const { channel, resource } = reference as { channel: string; resource: string };
      await api.send('/channels/stop', { json: { id: channel, resourceId: resource }, rules: { '404': 'ok' } });
    },
  },
];
