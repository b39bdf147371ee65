// People and their access, as browsers and tokens meet it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, PASSWORD, type PeopleWorld, peopleWorld } from './testing/people-world.ts';

const ANN = { email: 'Ann@Example.com', name: 'Ann', password: PASSWORD };

describe('first set-up', () => {
  const open: PeopleWorld[] = [];
  const world = async (...options: Parameters<typeof peopleWorld>): Promise<PeopleWorld> => {
    const made = await peopleWorld(...options);
    open.push(made);
    return made;
  };
  afterAll(async () => {
    for (const one of open) await one.close();
  });

  test('R53: of two who make the first account at once, one does; afterwards nobody can', async () => {
    const { browser } = await world();
    expect((await browser().call('GET', '/api/v1/setup')).body).toEqual({
      needed: true,
      codeNeeded: false,
      oidc: false,
    });
    const both = await Promise.all(
      ['ann@example.com', 'bob@example.com'].map((email) => browser().call('POST', '/api/v1/setup', { ...ANN, email })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await browser().call('GET', '/api/v1/setup')).body.needed).toBe(false);
    expect((await browser().call('POST', '/api/v1/setup', ANN)).body.code).toBe('setup.done');
  });

  test('R53: whoever is not at this machine needs the code that was printed, and wrong ones are slowed down', async () => {
    const { browser, server } = await world({ loopbackOnly: false });
    const there = browser();
    expect((await there.call('GET', '/api/v1/setup')).body.codeNeeded).toBe(true);
    expect((await there.call('POST', '/api/v1/setup', ANN)).body.code).toBe('setup.code');
    const code = server.setupCode!;
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}$/);
    const made = await there.call('POST', '/api/v1/setup', { ...ANN, code: code.toLowerCase().replaceAll('-', ' ') });
    expect(made.status).toBe(201);
    expect(server.setupCode).toBe(null);
  });

  test('R53: what a proxy hands on, and what a page calls by another name, is not of this machine', async () => {
    const { browser } = await world();
    for (const headers of [{ 'x-forwarded-for': '203.0.113.7' }, { host: 'rebound.example:7700' }] as Record<
      string,
      string
    >[])
      expect((await browser().call('POST', '/api/v1/setup', ANN, headers)).body.code).toBe('setup.code');
    const proxied = await world({ publicUrl: 'https://sluice.example.com' });
    expect((await proxied.browser().call('POST', '/api/v1/setup', ANN)).body.code).toBe('setup.code');
    expect((await browser({ 'sec-fetch-site': 'cross-site' }).call('POST', '/api/v1/setup', ANN)).body.code).toBe(
      'auth.cross_site',
    );
  });

  test('R53: where people come by TLS, the cookie is bound to the host and to TLS', async () => {
    const { browser, server } = await world({ publicUrl: 'https://sluice.example.com' });
    const made = await browser().call('POST', '/api/v1/setup', { ...ANN, code: server.setupCode });
    expect(made.headers['set-cookie']).toMatch(
      /^__Host-sluice_session=sls_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    );
  });
});

describe('people', () => {
  let world: PeopleWorld;
  let ann: Browser;

  beforeAll(async () => {
    world = await peopleWorld();
    ann = world.browser();
    await ann.call('POST', '/api/v1/setup', ANN);
  });
  afterAll(() => world.close());

  test('R53: who signs in has a session that scripts cannot read and other sites cannot send', async () => {
    const bob = world.browser();
    const answer = await bob.signIn(' ann@example.com', PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toMatch(
      /^sluice_session=sls_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const who = await bob.call('GET', '/api/v1/session');
    expect(who.body).toMatchObject({
      account: { email: 'ann@example.com', role: 'admin' },
      token: null,
      role: 'admin',
    });
    expect(who.body.scopes).toContain('audit:read');
    expect((await bob.call('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await bob.call('GET', '/api/v1/session')).status).toBe(401);
  });

  test('R53: a wrong password and an unknown e-mail are told apart by nobody', async () => {
    const { body: wrong } = await world.browser().signIn('ann@example.com', 'not the password');
    const { body: unknown } = await world.browser().signIn('nobody@example.com', 'not the password');
    expect(wrong).toEqual(unknown);
    expect(wrong.code).toBe('signin.refused');
  });

  test('R53: a session changes nothing unless the browser says that a page of the platform asks', async () => {
    const rename = { name: 'Ann' };
    const act = (headers: Record<string, string>) => {
      const elsewhere = world.browser(headers);
      elsewhere.cookie = ann.cookie;
      return elsewhere.call('PATCH', '/api/v1/session/account', rename);
    };
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:7700' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ] as Record<string, string>[])
      expect([headers, (await act(headers)).body.code]).toEqual([headers, 'auth.cross_site']);
    expect((await act({ origin: 'http://127.0.0.1:7700' })).status).toBe(200);
    expect((await act({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test('R53: events are read by a session, and not from another site', async () => {
    const elsewhere = world.browser({ 'sec-fetch-site': 'cross-site' });
    elsewhere.cookie = ann.cookie;
    expect((await elsewhere.call('GET', '/api/v1/events')).body.code).toBe('auth.cross_site');
    expect((await ann.call('GET', '/api/v1/ledger')).status).toBe(200);
  });

  test('R53: an invitation is good once, and leads to what its role may', async () => {
    const made = await ann.call('POST', '/api/v1/users', { email: 'eve@example.com', role: 'viewer' });
    expect(made.body.user).toMatchObject({ email: 'eve@example.com', name: 'eve', role: 'viewer', state: 'invited' });
    const { token, url } = made.body.link;
    expect(new URL(url, 'http://x').hash).toBe(`#${token}`);
    const eve = world.browser();
    expect((await eve.call('POST', '/api/v1/account-links/view', { token })).body).toMatchObject({
      kind: 'invitation',
      email: 'eve@example.com',
    });
    const weak = await eve.call('POST', '/api/v1/account-links/accept', { token, password: 'short' });
    expect(weak.body.code).toBe('account.password_weak');
    const both = await Promise.all(
      [eve, world.browser()].map((one) =>
        one.call('POST', '/api/v1/account-links/accept', { token, name: 'Eve', password: PASSWORD }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    await eve.signIn('eve@example.com', PASSWORD);
    expect((await eve.call('GET', '/api/v1/ledger')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/run/orders/in'],
      ['POST', '/api/v1/topologies'],
      ['GET', '/api/v1/users'],
      ['POST', '/api/v1/tokens'],
    ] as const)
      expect([path, (await eve.call(method, path)).body.code]).toEqual([path, 'auth.scope']);
  });

  test('R53: nobody gives, or gets at, more than they have', async () => {
    await ann.call('POST', '/api/v1/roles', {
      name: 'clerk',
      scopes: ['user:read', 'user:write', 'role:write', 'token:write', 'token:read'],
    });
    const clerk = await world.person('clerk');
    const refused = async (method: string, url: string, payload?: unknown): Promise<void> =>
      expect([url, (await clerk.call(method, url, payload)).body.code]).toEqual([url, 'auth.beyond_own']);
    const { body } = await ann.call('GET', '/api/v1/session');
    await refused('POST', '/api/v1/users', { email: 'x@example.com', role: 'admin' });
    await refused('PATCH', `/api/v1/users/${body.account.id}`, { disabled: true });
    await refused('PATCH', `/api/v1/users/${clerk.id}`, { role: 'admin' });
    await refused('POST', `/api/v1/users/${body.account.id}/link`);
    await refused('DELETE', `/api/v1/users/${body.account.id}`);
    await refused('POST', '/api/v1/roles', { name: 'more', scopes: ['run'] });
    await refused('PATCH', '/api/v1/roles/clerk', { scopes: ['run'] });
    await refused('POST', '/api/v1/tokens', { name: 'more', scopes: ['run'] });
    expect((await clerk.call('POST', '/api/v1/tokens', { name: 'same', scopes: ['token:read'] })).status).toBe(201);
  });

  test('R53: built-in roles stay as they are, and one that somebody has is not removed', async () => {
    expect((await ann.call('PATCH', '/api/v1/roles/viewer', { scopes: ['run'] })).body.code).toBe('role.built_in');
    expect((await ann.call('DELETE', '/api/v1/roles/admin')).body.code).toBe('role.built_in');
    await ann.call('POST', '/api/v1/roles', { name: 'runner', scopes: ['run'] });
    const rob = await world.person('runner');
    expect((await ann.call('DELETE', '/api/v1/roles/runner')).body.code).toBe('role.in_use');
    expect((await rob.call('GET', '/api/v1/ledger')).status).toBe(403);
    await ann.call('PATCH', '/api/v1/roles/runner', { scopes: ['run', 'ledger:read'] });
    expect((await rob.call('GET', '/api/v1/ledger')).status).toBe(200);
  });

  test('R53: the last administrator stays one, whoever asks, also when two go at once', async () => {
    const { body } = await ann.call('GET', '/api/v1/session');
    const url = `/api/v1/users/${body.account.id}`;
    for (const [method, payload] of [
      ['DELETE', undefined],
      ['PATCH', { disabled: true }],
      ['PATCH', { role: 'viewer' }],
    ] as const) {
      expect((await ann.call(method, url, payload)).body.code).toBe('account.last_admin');
      expect((await world.admin(method, url, payload)).body.code).toBe('account.last_admin');
    }
    const second = await world.person('admin');
    const both = await Promise.all([
      ann.call('PATCH', `/api/v1/users/${second.id}`, { role: 'viewer' }),
      second.call('PATCH', url, { role: 'viewer' }),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const admins = (await world.admin('GET', '/api/v1/users')).body.items.filter(
      (user: { role: string }) => user.role === 'admin',
    );
    expect(admins).toHaveLength(1);
    await world.admin('PATCH', url, { role: 'admin' });
    await world.admin('PATCH', `/api/v1/users/${second.id}`, { role: 'viewer' });
  });

  test('R53: whoever is disabled is out at once, with every session and token', async () => {
    const dan = await world.person('developer');
    const made = await dan.call('POST', '/api/v1/tokens', { name: 'mine', scopes: ['ledger:read', 'run'] });
    const byToken = () => world.browser({ authorization: `Bearer ${made.body.token}` }).call('GET', '/api/v1/ledger');
    expect((await byToken()).status).toBe(200);
    await ann.call('PATCH', `/api/v1/users/${dan.id}`, { disabled: true });
    expect([(await dan.call('GET', '/api/v1/ledger')).status, (await byToken()).status]).toEqual([401, 401]);
    expect((await dan.signIn('developer-1@example.com', PASSWORD)).status).toBe(401);
    await ann.call('PATCH', `/api/v1/users/${dan.id}`, { disabled: false });
    expect((await byToken()).status).toBe(200);
    await ann.call('PATCH', `/api/v1/users/${dan.id}`, { role: 'viewer' });
    expect((await byToken()).status).toBe(200);
    const run = await world.browser({ authorization: `Bearer ${made.body.token}` }).call('POST', '/run/a/b');
    expect(run.body.code).toBe('auth.scope');
    await ann.call('DELETE', `/api/v1/users/${dan.id}`);
    expect((await byToken()).status).toBe(401);
    const { items } = (await ann.call('GET', '/api/v1/tokens')).body;
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('mine');
  });

  test('R53: a new password ends the other sessions, and needs the present one', async () => {
    const kim = await world.person('viewer', 'kim@example.com');
    const phone = world.browser();
    await phone.signIn('kim@example.com', PASSWORD);
    const change = (current: string, password: string) =>
      kim.call('PUT', '/api/v1/session/password', { current, password });
    expect((await change('a wrong one entirely', 'another horse in there')).body.code).toBe('account.password_wrong');
    expect((await change(PASSWORD, 'kim@example.com')).body.code).toBe('account.password_weak');
    expect((await change(PASSWORD, 'another horse in there')).status).toBe(204);
    expect([
      (await kim.call('GET', '/api/v1/session')).status,
      (await phone.call('GET', '/api/v1/session')).status,
    ]).toEqual([200, 401]);
  });

  test('R53: own sessions are listed and ended, by a person and not by a token', async () => {
    const kit = await world.person('viewer', 'kit@example.com');
    const phone = world.browser({ 'sec-fetch-site': 'same-origin', 'user-agent': 'a phone' });
    await phone.signIn('kit@example.com', PASSWORD);
    const { items } = (await kit.call('GET', '/api/v1/sessions')).body;
    expect(items).toHaveLength(2);
    const other = items.find((one: { userAgent: string }) => one.userAgent === 'a phone');
    expect(other).toMatchObject({ current: false, address: '127.0.0.1' });
    expect((await kit.call('DELETE', `/api/v1/sessions/${other.id}`)).status).toBe(204);
    expect((await phone.call('GET', '/api/v1/session')).status).toBe(401);
    expect((await ann.call('DELETE', `/api/v1/sessions/${items[0].id}`)).body.code).toBe('session.unknown');
    await phone.signIn('kit@example.com', PASSWORD);
    expect((await kit.call('DELETE', '/api/v1/sessions')).status).toBe(204);
    expect((await phone.call('GET', '/api/v1/session')).status).toBe(401);
    expect((await world.admin('GET', '/api/v1/sessions')).body.code).toBe('session.needed');
    expect((await world.admin('GET', '/api/v1/session')).body).toMatchObject({ account: null, token: { id: 'admin' } });
  });

  test('R53: a forgotten password is asked for, seen by administrators, and set by a link', async () => {
    const lee = await world.person('viewer', 'lee@example.com');
    const answers = await Promise.all(
      ['lee@example.com', 'nobody@example.com'].map((email) =>
        world.browser().call('POST', '/api/v1/password-reset', { email }),
      ),
    );
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [202, ''],
      [202, ''],
    ]);
    const asked = async () => (await ann.call('GET', `/api/v1/users/${lee.id}`)).body.resetRequestedAt;
    await expect.poll(asked).toBeGreaterThan(0);
    const { body: first } = await ann.call('POST', `/api/v1/users/${lee.id}/link`);
    const { body: second } = await ann.call('POST', `/api/v1/users/${lee.id}/link`);
    expect(await asked()).toBe(null);
    const accept = (token: string) =>
      world.browser().call('POST', '/api/v1/account-links/accept', { token, password: 'a quite new password' });
    expect((await accept(first.token)).body.code).toBe('link.unknown');
    expect((await accept(second.token)).status).toBe(200);
    expect((await lee.call('GET', '/api/v1/session')).status).toBe(401);
    expect((await lee.signIn('lee@example.com', 'a quite new password')).status).toBe(200);
  });

  test('R53: guessing is slowed down for each account, with the right password too', async () => {
    await world.person('viewer', 'max@example.com');
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => world.browser().signIn('max@example.com', 'some wrong password')),
    );
    expect(guesses.map(({ status }) => status).filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
    const late = await world.browser().signIn('max@example.com', PASSWORD);
    expect(late.body.code).toBe('signin.too_many');
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('S1: no password, cookie, token or link is kept as it was given', async () => {
    const answers = await Promise.all(
      ['/api/v1/users', '/api/v1/tokens', '/api/v1/roles'].map((url) => ann.call('GET', url)),
    );
    const shown = answers.map(({ text }) => text).join();
    expect(shown).not.toContain(PASSWORD);
    expect(shown).not.toMatch(/argon2|sls_|sll_|slc_|digest|hash/i);
  });
});
