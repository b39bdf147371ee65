// Signing in by a real OpenID provider on loopback.

import { agree, type RunningProvider, startProvider } from '@sluice/example-oauth-provider';
import { afterAll, describe, expect, test } from 'vitest';
import { type Browser, PASSWORD, type PeopleWorld, peopleWorld } from './testing/people-world.ts';

const URL_OF_PLATFORM = 'http://127.0.0.1:7700';
const CALLBACK = `${URL_OF_PLATFORM}/api/v1/session/oidc/callback`;

describe('sign-in by an OpenID provider', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const one of opened.reverse()) await one.close();
  });

  interface Place {
    readonly world: PeopleWorld;
    readonly provider: RunningProvider;
  }
  const place = async (claims: Record<string, unknown>, roles: object = {}): Promise<Place> => {
    const provider = await startProvider({ redirectUris: [CALLBACK], claims });
    opened.push(provider);
    const { url: issuer, clientId, clientSecret } = provider;
    const oidc = { issuer, clientId, clientSecret, roleClaim: null, defaultRole: null, ...roles };
    const world = await peopleWorld({ publicUrl: URL_OF_PLATFORM, oidc });
    opened.push(world);
    return { world, provider };
  };
  const away = async (browser: Browser, answer: 'agree' | 'refuse' = 'agree'): Promise<string> => {
    const { headers } = await browser.call('GET', '/api/v1/session/oidc?returnTo=/topologies?x=1');
    return (await agree(String(headers.location), { answer, stopAt: CALLBACK })).url;
  };
  const back = (browser: Browser, url: string) =>
    browser.call('GET', url.slice(URL_OF_PLATFORM.length), undefined, { 'sec-fetch-site': 'cross-site' });
  const problemOf = (location: unknown): string =>
    new URL(String(location), URL_OF_PLATFORM).searchParams.get('problem') ?? '';

  const ANN = { email: 'Ann@Example.com', email_verified: true, name: 'Ann of the provider' };

  test('R53: an invited person comes in, is bound to who they are there, and the code and cookie are good once', async () => {
    const { world } = await place(ANN);
    await world.person('admin');
    const { body } = await world.admin('POST', '/api/v1/users', { email: 'ann@example.com', role: 'operator' });
    const browser = world.browser();
    const begun = await browser.call('GET', '/api/v1/session/oidc');
    expect(begun.headers['set-cookie']).toMatch(/^sluice_oidc=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(String(begun.headers.location)).toMatch(/code_challenge_method=S256.*&state=.*&nonce=/);
    const url = await away(browser);
    const stranger = world.browser();
    expect(problemOf((await back(stranger, url)).headers.location)).toContain('not begun in this browser');
    const pending = browser.cookie;
    const came = await back(browser, url);
    expect([came.status, came.headers.location]).toEqual([303, '/topologies?x=1']);
    expect((await browser.call('GET', '/api/v1/session')).body.account).toMatchObject({
      id: body.user.id,
      role: 'operator',
      state: 'active',
      oidc: true,
      password: false,
    });
    const again = world.browser();
    again.cookie = pending;
    expect(problemOf((await back(again, url)).headers.location)).toContain('did not let you in');
    const rows = (await world.admin('GET', '/api/v1/audit?object=session')).body.items;
    expect(rows.map(({ outcome }: { outcome: string }) => outcome).slice(0, 2)).toEqual(['refused', 'done']);
  });

  test('R53: whoever is not invited, not verified, not willing or disabled is told so in words', async () => {
    const { world } = await place(ANN);
    await world.person('admin');
    const browser = world.browser();
    expect(problemOf((await back(browser, await away(browser))).headers.location)).toContain('Nobody has invited');
    expect(problemOf((await back(browser, await away(browser, 'refuse'))).headers.location)).toContain('Ann said <no>');
    const { body } = await world.admin('POST', '/api/v1/users', { email: 'ann@example.com', role: 'viewer' });
    await world.admin('PATCH', `/api/v1/users/${body.user.id}`, { disabled: true });
    expect(problemOf((await back(browser, await away(browser))).headers.location)).toContain('disabled');
    const doubtful = await place({ ...ANN, email_verified: false }, { defaultRole: 'viewer' });
    await doubtful.world.person('admin');
    const other = doubtful.world.browser();
    expect(problemOf((await back(other, await away(other))).headers.location)).toContain('verified e-mail');
    expect((await other.call('GET', '/api/v1/session')).status).toBe(401);
  });

  test('R53: a claim gives the role each time, the last administrator stays, and nobody closes the set-up by coming first', async () => {
    const roles = { roleClaim: 'groups', defaultRole: 'viewer' };
    const { world } = await place({ ...ANN, groups: ['staff', 'developer'] }, roles);
    const browser = world.browser();
    expect(problemOf((await back(browser, await away(browser))).headers.location)).toContain('no administrator yet');
    await browser.call('POST', '/api/v1/setup', { email: 'ann@example.com', name: 'Ann', password: PASSWORD });
    await back(browser, await away(browser));
    expect((await browser.call('GET', '/api/v1/session')).body.role).toBe('admin');
    await world.person('admin');
    await back(browser, await away(browser));
    expect((await browser.call('GET', '/api/v1/session')).body.role).toBe('developer');
  });

  test('R53: a provider that is away is named, and a way back to another site is not taken', async () => {
    const { world, provider } = await place(ANN, { defaultRole: 'viewer' });
    await world.person('admin');
    const browser = world.browser();
    const { headers } = await browser.call('GET', '/api/v1/session/oidc?returnTo=//elsewhere.example');
    const { url } = await agree(String(headers.location), { stopAt: CALLBACK });
    expect((await back(browser, url)).headers.location).toBe('/');
    const lost = await place(ANN);
    await lost.provider.close();
    opened.splice(opened.indexOf(lost.provider), 1);
    const away_ = await lost.world.browser().call('GET', '/api/v1/session/oidc');
    expect(problemOf(away_.headers.location)).toContain('cannot be asked');
    expect(provider.counts.codes).toBe(1);
  });
});
