// States of subscriptions in words, and the colour each has everywhere.

import type { WebhookState, WebhookView } from '@sluice/protocol';

export const STATES: Readonly<Record<WebhookState, { readonly label: string; readonly tone: string }>> = {
  wanted: { label: 'to be subscribed', tone: 'held' },
  subscribed: { label: 'subscribed', tone: 'up' },
  unsubscribing: { label: 'being taken back', tone: 'delayed' },
  gone: { label: 'ended', tone: 'disabled' },
  failed: { label: 'failed', tone: 'failed' },
};

export const titleOf = ({ application, event, node }: WebhookView): string =>
  application === null ? `Address of ${node}` : `${application} ${event}`;
