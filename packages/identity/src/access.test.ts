import { networkOf } from '@sluice/protocol';
// What time does to access, on a clock of its own.

import { memoryStores } from '@sluice/engine/memory';
import { describe, expect, test } from 'vitest';
import { type Access, createAccess } from './index.ts';

const HOUR = 3_600_000;
const PASSWORD = 'a horse in the library';
const HERE = { address: '127.0.0.1', userAgent: 'a browser' };
const log = { info: () => {}, warn: () => {}, error: () => {} };

async function world() {
  const stores = memoryStores();
  const clock = { now: 1_000_000 };
  const open = async (): Promise<Access> => {
    const access = createAccess({
      records: stores.records,
      audit: stores.audit,
      auditMs: 24 * HOUR,
      log,
      publicUrl: () => 'http://127.0.0.1:7700',
      now: () => clock.now,
    });
    await access.start('the token of the administrator');
    return access;
  };
  const access = await open();
  const first = { email: 'ann@example.com', name: 'Ann', password: PASSWORD };
  const ann = await access.setup.setUp(first, '127.0.0.1', true);
  return { stores, clock, open, access, ann };
}

describe('access over time', () => {
  test('R53: a session ends by resting, and at the latest after a week, also over a restart', async () => {
    const { access, ann, clock, open } = await world();
    const { secret } = await access.admit(ann, HERE);
    for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
      clock.now += 11 * HOUR;
      expect(access.sessions.identify(secret).accountId).toBe(ann.id);
    }
    await access.stop();
    const again = await open();
    expect(again.sessions.identify(secret).sessionId).not.toBe(null);
    clock.now += 11 * HOUR;
    expect(() => again.sessions.identify(secret)).toThrow('has ended');
    const { secret: resting } = await again.admit(ann, HERE);
    clock.now += 12 * HOUR;
    expect(() => again.sessions.identify(resting)).toThrow('idle');
    expect(again.sessions.list(ann.id, null)).toEqual([]);
    await again.stop();
  });

  test('R53: a session that was ended does not come back with the next start', async () => {
    const { access, ann, open } = await world();
    const { secret } = await access.admit(ann, HERE);
    const [session] = access.sessions.list(ann.id, null);
    await access.sessions.end(ann.id, session!.id);
    await access.stop();
    const again = await open();
    expect(() => again.sessions.identify(secret)).toThrow('has ended');
    await again.stop();
  });

  test('R53: an invitation is good for 72 hours, a reset for 24, a token until its time', async () => {
    const { access, clock } = await world();
    const admin = access.tokens.identify('the token of the administrator');
    const { user, link } = await access.people.invite(admin, { email: 'bob@example.com', role: 'viewer' });
    clock.now += 72 * HOUR - 1;
    expect((await access.people.linkView(link.token)).kind).toBe('invitation');
    clock.now += 1;
    await expect(access.people.linkView(link.token)).rejects.toMatchObject({ code: 'link.unknown' });
    const { token } = await access.people.link(admin, user.id);
    await access.people.accept({ token, password: PASSWORD });
    const reset = await access.people.link(admin, user.id);
    clock.now += 24 * HOUR;
    await expect(access.people.linkView(reset.token)).rejects.toMatchObject({ code: 'link.unknown' });
    const short = await access.tokens.create({ name: 'short', scopes: ['run'], expiresAt: clock.now + 1 });
    expect(access.tokens.identify(short.token).tokenId).toBe(short.id);
    clock.now += 1;
    expect(() => access.tokens.identify(short.token)).toThrow('expired');
    await access.stop();
  });

  test('R53: the last use of a token is known to the hour, over a restart, and written by nobody who uses it', async () => {
    const { access, clock, open, stores } = await world();
    const { id, token } = await access.tokens.create({ name: 't', scopes: ['run'] });
    expect(access.tokens.view(id).lastUsedAt).toBe(null);
    access.tokens.identify(token);
    expect(await stores.records.list('token-use')).toEqual([]);
    await access.stop();
    const again = await open();
    expect(again.tokens.view(id).lastUsedAt).toBe(clock.now);
    await again.stop();
  });

  test('R53: waits grow with each wrong guess, up to a bound, and end with time', async () => {
    const { access, clock } = await world();
    const guess = async (): Promise<string> => {
      try {
        await access.signIn('ann@example.com', 'a wrong password', HERE);
        return 'in';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    for (let n = 0; n < 5; n++) expect(await guess()).toBe('signin.refused');
    expect(await guess()).toBe('signin.too_many');
    clock.now += 2_000;
    expect(await guess()).toBe('signin.refused');
    clock.now += 2_000;
    expect(await guess()).toBe('signin.too_many');
    clock.now += 60_000;
    expect((await access.signIn('ANN@example.com ', PASSWORD, HERE)).account.name).toBe('Ann');
    expect(await guess()).toBe('signin.refused');
    await access.stop();
  });

  test('R53: old rows of the audit log go with time', async () => {
    const { access, clock, open } = await world();
    const who = { kind: 'nobody', id: '', name: '' } as const;
    const row = { who, address: '', act: 'a', object: 'o', before: null, after: null, status: 200, code: null };
    await access.audit.record({ ...row, outcome: 'done' });
    await access.stop();
    clock.now += 24 * HOUR + 1;
    const again = await open();
    expect((await again.audit.list({})).items).toEqual([]);
    await again.stop();
  });

  test('one address of IPv4, and all of a /64 of IPv6, count as one', () => {
    expect(networkOf('::ffff:192.0.2.7')).toBe(networkOf('192.0.2.7'));
    expect(networkOf('2001:db8:0:1::7')).toBe(networkOf('2001:0db8:0000:0001:ffff::'));
    expect(networkOf('2001:db8::1:2:3:4:5')).not.toBe(networkOf('2001:db8:0:2::'));
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
  });
});
