// The audit log, as the changes of people and tokens leave it.

import type { AuditEntryView } from '@sluice/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, PASSWORD, type PeopleWorld, peopleWorld } from './testing/people-world.ts';

describe('the audit log', () => {
  let world: PeopleWorld;
  let ann: Browser & { readonly id: string };

  beforeAll(async () => {
    world = await peopleWorld();
    ann = await world.person('admin', 'ann@example.com');
  });
  afterAll(() => world.close());

  const log = async (query = ''): Promise<AuditEntryView[]> =>
    (await ann.call('GET', `/api/v1/audit${query}`)).body.items;
  const newest = async (query = ''): Promise<AuditEntryView> => (await log(query))[0]!;

  test('R53: a change says who made it, from where, of what, and what is different', async () => {
    const bob = await world.person('viewer', 'bob@example.com');
    await ann.call('PATCH', `/api/v1/users/${bob.id}`, { role: 'operator' });
    expect(await newest(`?object=users/${bob.id}`)).toMatchObject({
      who: { kind: 'account', id: ann.id, name: 'ann' },
      address: '127.0.0.1',
      act: 'PATCH /api/v1/users/:id',
      title: 'Rename, give a role, disable or enable',
      before: { role: 'viewer' },
      after: { role: 'operator' },
      outcome: 'done',
      status: 200,
      code: null,
    });
    await ann.call('DELETE', `/api/v1/users/${bob.id}`);
    expect(await newest(`?object=users/${bob.id}`)).toMatchObject({
      act: 'DELETE /api/v1/users/:id',
      before: { email: 'bob@example.com' },
      after: null,
    });
  });

  test('R53: every route that changes something leaves a row, made by whatever part of the platform', async () => {
    await world.admin('POST', '/api/v1/workers', {
      name: 'w',
      url: 'http://127.0.0.1:9',
      headers: { 'x-api-key': 'hush-hush' },
    });
    const made = await newest('?object=workers/w');
    expect(made).toMatchObject({
      who: { kind: 'token', id: 'admin' },
      before: null,
      after: { name: 'w', transport: 'http' },
    });
    await world.admin('DELETE', '/api/v1/workers/w');
    expect(await newest('?object=workers/w')).toMatchObject({ before: { name: 'w' }, after: null });
    const nodes = [
      { id: 'in', kind: 'start' },
      { id: 'look', kind: 'user-task' },
    ];
    const model = { name: 'orders', nodes, connections: [{ from: 'in', to: 'look' }] };
    await ann.call('POST', '/api/v1/topologies', model);
    expect(await newest('?object=topologies/orders')).toMatchObject({ act: 'POST /api/v1/topologies' });
    await ann.call('POST', '/api/v1/topologies/orders/versions/1/publish');
    const published = await newest('?object=topologies/orders/versions/1');
    expect(published).toMatchObject({ outcome: 'done', before: { state: 'draft' }, after: { state: 'published' } });
    expect((await log('?object=topologies/')).length).toBe(2);
  });

  test('R53: what is refused leaves a row with the reason, of whoever is known', async () => {
    const eve = await world.person('viewer', 'eve@example.com');
    await eve.call('DELETE', `/api/v1/users/${ann.id}`);
    expect(await newest(`?who=${eve.id}`)).toMatchObject({
      outcome: 'refused',
      status: 403,
      code: 'auth.scope',
      object: `users/${ann.id}`,
      before: null,
      after: null,
    });
    await world.browser().signIn('ann@example.com', 'not the password');
    expect(await newest()).toMatchObject({
      who: { kind: 'nobody', name: 'ann@example.com' },
      act: 'POST /api/v1/session',
      code: 'signin.refused',
    });
    const before = (await newest()).seq;
    await world.browser().call('DELETE', '/api/v1/users/x');
    await world.browser().call('POST', '/api/v1/session', {});
    expect((await newest()).seq).toBe(before);
  });

  test('R53: runs, reads and dry acts of services leave none', async () => {
    const before = (await newest()).seq;
    await world.admin('POST', '/run/orders/in', { order: 1 });
    await world.admin('GET', '/api/v1/workers');
    await ann.call('POST', '/api/v1/account-links/view', { token: 'x' });
    expect((await newest()).seq).toBe(before);
  });

  test('S1: no password, token, link or secret is in it', async () => {
    const kim = await world.person('developer', 'kim@example.com');
    await kim.call('POST', '/api/v1/tokens', { name: 'ci', scopes: ['run'] });
    await kim.call('PUT', '/api/v1/session/password', { current: PASSWORD, password: 'another horse in there' });
    await ann.call('POST', `/api/v1/users/${kim.id}/link`);
    await world.admin('POST', '/api/v1/workers', { name: 'linked' });
    const rows = await log('?limit=500');
    expect(rows.length).toBeGreaterThan(10);
    const text = JSON.stringify(rows);
    expect(text).not.toMatch(/sl[csl]_[\w-]{20}|argon2/);
    for (const secret of [PASSWORD, 'another horse in there', 'hush-hush']) expect(text).not.toContain(secret);
    expect(rows.find(({ act }) => act === 'POST /api/v1/tokens')!.after).toMatchObject({ name: 'ci', token: '***' });
  });

  test('R53: pages go back to the first row, and only who may read it does', async () => {
    const all = await log('?limit=500');
    const seen: number[] = [];
    let cursor = '';
    do {
      const { body } = await ann.call('GET', `/api/v1/audit?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ seq }: AuditEntryView) => seq));
      cursor = body.next ?? '';
    } while (cursor);
    expect(seen).toEqual(all.map(({ seq }) => seq));
    expect(await log(`?from=${all[0]!.at + 1}`)).toEqual([]);
    const viewer = await world.person('viewer', 'zoe@example.com');
    expect((await viewer.call('GET', '/api/v1/audit')).body.code).toBe('auth.scope');
  });
});
