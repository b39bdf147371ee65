// A channel for changes. Google calls it for at most a week, with our token in a header and nothing in the body: what changed is read by
// `list-changes`. The first delivery says that the channel is there (`x-goog-resource-state: sync`).

import { createHash } from 'node:crypto';
import type { Webhook } from '@sluice/sdk';

/** A week less an hour, to subscribe anew in time. */
const LIFETIME_MS = 7 * 86_400_000 - 3_600_000;
const SHARED = { supportsAllDrives: true, includeItemsFromAllDrives: true };

interface Channel {
  readonly id: string;
  readonly resourceId: string;
  /** Epoch ms, as a text. */
  readonly expiration?: string;
}

export const webhooks: readonly Webhook[] = [
  {
    name: 'changes',
    label: 'Something changes in the drive',
    description: 'A file or folder is new, changes, is shared or removed. Read what it was with list-changes.',
    verification: { kind: 'token', in: 'header', name: 'x-goog-channel-token' },
    async subscribe({ url, secret }, context) {
      const { api } = context;
      const { startPageToken: pageToken } = (
        await api.send('/drive/v3/changes/startPageToken', { query: { supportsAllDrives: true } })
      ).json<{
        startPageToken: string;
      }>();
      const expiration = context.now() + LIFETIME_MS;
      // Ids of channels must be new: the same address may be subscribed to again.
      const id = createHash('sha256').update(`${url} ${context.now()}`).digest('hex').slice(0, 40);
      const json = { id, type: 'web_hook', address: url, token: secret, expiration: String(expiration) };
      const channel = (
        await api.send('/drive/v3/changes/watch', { query: { pageToken, ...SHARED }, json })
      ).json<Channel>();
      return {
        reference: { channel: channel.id, resource: channel.resourceId, pageToken },
        expiresAt: Number(channel.expiration ?? expiration),
      };
    },
    async unsubscribe(reference, { api }) {
      const { channel, resource } = reference as { channel: string; resource: string };
      await api.send('/drive/v3/channels/stop', {
        json: { id: channel, resourceId: resource },
        rules: { '404': 'ok' },
      });
    },
  },
];
