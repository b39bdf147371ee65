import { describe, expect, test } from 'vitest';
import { keyOf, needOf, pauseAfter, renewalAt, stateOf, type Webhook } from './webhook.ts';

const NEW: Webhook = {
  id: 'w1',
  application: 'shop',
  event: 'order.created',
  user: 'ann',
  topology: 'orders',
  node: 'in',
  parameters: {},
  by: 'topology',
  removed: false,
  goal: 'subscribed',
  reason: null,
  attempts: 0,
  nextTryAt: 0,
  reference: null,
  unsure: false,
  stale: [],
  expiresAt: null,
  renewAt: null,
  base: null,
  descriptor: null,
  digest: '',
  secrets: '',
  createdAt: 0,
  changedAt: 0,
};
const BASE = 'https://here.example.com';
const SUBSCRIBED: Webhook = { ...NEW, reference: { value: 'r1' }, base: BASE };
const at = (webhook: Webhook, now = 1_000) => [needOf(webhook, BASE, now), stateOf(webhook)];

describe('a subscription', () => {
  test('what it needs, and how it stands, follow from what is stored', () => {
    expect(at(NEW)).toEqual(['subscribe', 'wanted']);
    expect(at({ ...NEW, unsure: true, reason: 'down' })).toEqual(['subscribe', 'failed']);
    expect(at(SUBSCRIBED)).toEqual([null, 'subscribed']);
    expect(at({ ...SUBSCRIBED, stale: ['r0'] })).toEqual(['tidy', 'subscribed']);
    expect(at({ ...SUBSCRIBED, base: 'https://elsewhere' })).toEqual(['renew', 'subscribed']);
    expect(at({ ...SUBSCRIBED, renewAt: 999 })).toEqual(['renew', 'subscribed']);
    expect(at({ ...SUBSCRIBED, renewAt: 1_001 })).toEqual([null, 'subscribed']);
    expect(at({ ...SUBSCRIBED, goal: 'gone' })).toEqual(['end', 'unsubscribing']);
    expect(at({ ...SUBSCRIBED, goal: 'gone', reason: 'down' })).toEqual(['end', 'failed']);
    expect(at({ ...NEW, goal: 'gone', unsure: true })).toEqual(['end', 'unsubscribing']);
    expect(at({ ...NEW, goal: 'gone' })).toEqual([null, 'gone']);
  });

  test('an address alone needs nothing of anybody', () => {
    const address: Webhook = { ...NEW, application: null, event: null };
    expect(at(address)).toEqual([null, 'subscribed']);
    expect(at({ ...address, goal: 'gone' })).toEqual([null, 'gone']);
  });

  test('is the same whatever the order of its parameters, and another for another user', () => {
    const key = keyOf({ ...NEW, parameters: { a: 1, b: 2 } });
    expect(keyOf({ ...NEW, parameters: { b: 2, a: 1 } })).toBe(key);
    expect(keyOf({ ...NEW, parameters: { a: 1, b: 3 } })).not.toBe(key);
    expect(keyOf({ ...NEW, parameters: { a: 1, b: 2 }, user: 'ben' })).not.toBe(key);
  });

  test('pauses grow to an hour and no further; a renewal comes an hour before the end, or at half of a short time', () => {
    expect([1, 2, 3, 12, 13, 500].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 2_048_000, 3_600_000, 3_600_000]);
    expect(renewalAt(10_000_000, 0)).toBe(6_400_000);
    expect(renewalAt(2_000, 1_000)).toBe(1_500);
  });
});
