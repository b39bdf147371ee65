// Who asks a provider for the next token, and what becomes of it when something breaks in between.

import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Integration } from '../index.ts';
import { json, ScriptedProvider } from '../testing/scripted-provider.ts';
import { authorised, installed, oauth2At, USER, World } from '../testing/world.ts';

let provider: ScriptedProvider;
let world: World;

beforeEach(async () => {
  provider = new ScriptedProvider();
  await provider.open();
  world = new World(oauth2At(provider.url));
});
afterEach(() => provider.close());

const ask = (platform: Integration, rejected?: number) => platform.installs.forWorker('app', USER, rejected);
const view = (platform: Integration) => platform.installs.view('app', USER);
const expire = (): void => {
  world.now += provider.lifetimeS * 1_000;
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

/** The provider does its work, and the answer waits. */
function held(): { count: () => number; release: () => void } {
  let release = (): void => {};
  let count = 0;
  const gate = new Promise<void>((resolve) => (release = resolve));
  provider.script = async (form, response) => {
    count++;
    const answer = provider.issue(form.get('refresh_token'));
    await gate;
    json(response, 200, answer);
  };
  return {
    count: () => count,
    release() {
      provider.script = null;
      release();
    },
  };
}

describe('a token is renewed once', () => {
  test('B9: two platforms over one store, 64 callers, expiry after expiry: one question each', async () => {
    const platforms = [world.platform(), world.platform()];
    await authorised(platforms[0]!);
    for (let expiry = 1; expiry <= 10; expiry++) {
      expire();
      const installs = await Promise.all(Array.from({ length: 64 }, (_, n) => ask(platforms[n % 2]!)));
      expect(new Set(installs.map(({ token }) => token!.accessToken)).size).toBe(1);
      expect([provider.refreshes, provider.invalidGrants]).toEqual([expiry, 0]);
    }
  });

  test('B9: a refused token is renewed once, and whoever comes late with it gets the new one', async () => {
    const platforms = [world.platform(), world.platform()];
    await authorised(platforms[0]!);
    const { revision } = (await ask(platforms[0]!)).token!;
    const all = await Promise.all(Array.from({ length: 64 }, (_, n) => ask(platforms[n % 2]!, revision)));
    expect(new Set(all.map(({ token }) => token!.revision)).size).toBe(1);
    expect((await ask(platforms[1]!, revision)).token!.revision).toBe(all[0]!.token!.revision);
    expect(all[0]!.token!.revision).toBeGreaterThan(revision);
    expect([provider.refreshes, provider.invalidGrants]).toEqual([1, 0]);
    expect(world.changes).toContain(`app ${USER}`);
  });

  test('B9: it is renewed a while before it ends, and serves on while the provider is away', async () => {
    const platform = world.platform();
    await authorised(platform);
    world.now += provider.lifetimeS * 1_000 - 60_001;
    await ask(platform);
    expect(provider.refreshes).toBe(0);
    world.now += 2;
    provider.script = (_form, response) => json(response, 503, { error: 'temporarily_unavailable' });
    expect((await ask(platform)).token!.accessToken).toBe('access-1');
    expect(await view(platform)).toMatchObject({ authorised: 'yes' });
    provider.script = null;
    world.now += 5_000;
    expect((await ask(platform)).token!.accessToken).toBe('access-2');
  });

  test('B9: a refusal overtakes a renewal that only age asked for', async () => {
    const platform = world.platform();
    await authorised(platform);
    const { revision } = (await ask(platform)).token!;
    world.now += provider.lifetimeS * 1_000 - 10_000;
    provider.script = (_form, response) => json(response, 503, {});
    const [aged, refused] = await Promise.allSettled([ask(platform), ask(platform, revision)]);
    expect(aged).toMatchObject({ status: 'fulfilled', value: { token: { accessToken: 'access-1' } } });
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'authorisation.unavailable', status: 503 } });
  });

  test('B9: the last refresh token serves on where a provider keeps it', async () => {
    provider.rotates = false;
    const platform = world.platform();
    await authorised(platform);
    for (let n = 1; n <= 3; n++) {
      expire();
      expect((await ask(platform)).token!.accessToken).toBe(`access-${n + 1}`);
    }
    expect(new Set(provider.asked.slice(1).map((form) => form.get('refresh_token')))).toEqual(new Set(['refresh-1']));
  });
});

describe('when something breaks in between', () => {
  test('B9: what surely was not sent is asked again, and the message waits meanwhile', async () => {
    const platform = world.platform();
    await authorised(platform);
    expire();
    await provider.close();
    await expect(ask(platform)).rejects.toMatchObject({ code: 'authorisation.unavailable', status: 503 });
    expect(await view(platform)).toMatchObject({ authorised: 'yes', reason: expect.stringContaining('ECONNREFUSED') });
    await provider.open();
    // For a moment it is left in peace.
    await expect(ask(platform)).rejects.toMatchObject({ code: 'authorisation.unavailable' });
    expect(provider.refreshes).toBe(0);
    world.now += 1_000;
    expect((await ask(platform)).token!.accessToken).toBe('access-2');
    expect(provider.invalidGrants).toBe(0);
  });

  test('B9: an answer of 5xx is no decision: asked again later, for longer and longer', async () => {
    const platform = world.platform();
    await authorised(platform);
    expire();
    for (const [status, waitMs] of [
      [500, 1_000],
      [502, 2_000],
      [503, 4_000],
      [429, 8_000],
    ] as const) {
      provider.script = (_form, response) =>
        response.writeHead(status, { 'content-type': 'text/html' }).end('<html>no</html>');
      await expect(ask(platform)).rejects.toMatchObject({ status: 503 });
      const { length } = provider.asked;
      world.now += waitMs - 1;
      await expect(ask(platform)).rejects.toMatchObject({ status: 503 });
      expect(provider.asked).toHaveLength(length);
      world.now += 1;
    }
    provider.script = null;
    expect((await ask(platform)).token!.accessToken).toBe('access-2');
  });

  test.each([
    ['the connection ends without an answer', (response: ServerResponse) => response.destroy()],
    [
      'the answer ends in the middle',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"access_token":"acc');
        response.socket!.end();
      },
    ],
    ['a success cannot be read', (response: ServerResponse) => response.end('{"access_tok')],
    ['a success has no token', (response: ServerResponse) => json(response, 200, { welcome: true })],
  ])('B9: %s: authorise again, and nobody asks with the old token', async (_what, answer) => {
    const platform = world.platform();
    await authorised(platform);
    expire();
    provider.script = (form, response) => {
      provider.issue(form.get('refresh_token'));
      answer(response);
    };
    const failure = { code: 'install.not_authorised', message: expect.stringContaining('its answer is missing') };
    await expect(ask(platform)).rejects.toMatchObject(failure);
    provider.script = null;
    for (let n = 0; n < 3; n++) {
      world.now += 3_600_000;
      await expect(ask(platform)).rejects.toMatchObject(failure);
    }
    expect(await view(platform)).toMatchObject({
      authorised: 'broken',
      reason: expect.stringContaining('revoke all access'),
    });
    expect([provider.refreshes, provider.invalidGrants]).toEqual([1, 0]);
    await authorised(platform);
    expect((await ask(platform)).token!.accessToken).toBe('access-3');
    expect(await view(platform)).toMatchObject({ authorised: 'yes', reason: null });
  });

  test('B9: where the provider is known to keep refresh tokens, a lost answer is asked for again', async () => {
    provider.rotates = false;
    const platform = world.platform();
    await authorised(platform);
    expire();
    await ask(platform);
    expire();
    provider.script = (_form, response) => response.destroy();
    await expect(ask(platform)).rejects.toMatchObject({ code: 'authorisation.unavailable' });
    provider.script = null;
    world.now += 60_000;
    expect((await ask(platform)).token!.accessToken).toBe('access-3');
  });

  test('B9: a holder that is gone is found by others when its time is over, and at once by who is alone', async () => {
    for (const alone of [true, false]) {
      const [dead, other] = [world.platform(), world.platform({ waitMs: 20 })];
      await authorised(dead);
      expire();
      const hold = held();
      const lost = ask(dead).catch((error: unknown) => error);
      await until(() => hold.count() === 1);
      await other.start(alone);
      if (!alone) {
        await expect(ask(other)).rejects.toMatchObject({ code: 'authorisation.unavailable', status: 503 });
        world.now += 135_001;
      }
      expect(await view(other)).toMatchObject({
        authorised: 'broken',
        reason: expect.stringContaining('its answer is missing'),
      });
      await expect(ask(other)).rejects.toMatchObject({ code: 'install.not_authorised' });
      expect(hold.count()).toBe(1);
      hold.release();
      await lost;
    }
  });

  test('B9: a holder that was only slow mends what others gave up', async () => {
    const [slow, other] = [world.platform(), world.platform()];
    await authorised(slow);
    expire();
    const hold = held();
    const late = ask(slow);
    await until(() => hold.count() === 1);
    world.now += 135_001;
    expect(await view(other)).toMatchObject({ authorised: 'broken' });
    hold.release();
    const { token } = await late;
    expect(await view(other)).toMatchObject({ authorised: 'yes', reason: null });
    expect((await ask(other, token!.revision - 1)).token).toMatchObject({ accessToken: token!.accessToken });
    expect([hold.count(), provider.invalidGrants]).toEqual([1, 0]);
  });

  test('B9: callers do not wait for ever, and a late answer is still taken', async () => {
    const platform = world.platform({ waitMs: 20 });
    await authorised(platform);
    expire();
    const hold = held();
    await expect(ask(platform)).rejects.toMatchObject({ code: 'authorisation.unavailable' });
    await expect(ask(platform)).rejects.toMatchObject({ code: 'authorisation.unavailable' });
    hold.release();
    await platform.stop();
    expect((await ask(platform)).token!.accessToken).toBe('access-2');
    expect(hold.count()).toBe(1);
  });

  test('B9: what is agreed to anew, or withdrawn, while the old is renewed, wins; what comes after a withdrawal is given back', async () => {
    const platform = world.platform();
    await authorised(platform);
    for (const act of ['again', 'withdraw'] as const) {
      expire();
      const hold = held();
      const late = ask(platform).catch((error: unknown) => error);
      await until(() => hold.count() === 1);
      const { script } = provider;
      provider.script = null;
      if (act === 'again') await authorised(platform);
      else await platform.installs.withdraw('app', USER);
      provider.script = script;
      hold.release();
      if (act === 'withdraw') expect(await late).toMatchObject({ code: 'install.not_authorised' });
      else expect(await late).toMatchObject({ token: { accessToken: (await ask(platform)).token!.accessToken } });
    }
    expect(provider.revoked).toHaveLength(2);
    expect(await view(platform)).toMatchObject({ authorised: 'no' });
  });

  test('B9: the words of a provider that no longer agrees are kept', async () => {
    const platform = world.platform();
    await authorised(platform);
    expire();
    provider.script = (_form, response) =>
      json(response, 400, { error: 'invalid_grant', error_description: 'Consent was taken back' });
    await expect(ask(platform)).rejects.toMatchObject({ code: 'install.not_authorised' });
    expect((await view(platform)).reason).toContain('Consent was taken back');
    expect(provider.refreshes).toBe(1);
  });

  test('B9: a client that the provider refuses keeps its refresh token for the time when it is mended', async () => {
    const platform = world.platform();
    await authorised(platform);
    expire();
    provider.script = (_form, response) => json(response, 401, { error: 'invalid_client' });
    await expect(ask(platform)).rejects.toMatchObject({ code: 'install.not_authorised' });
    await expect(ask(platform)).rejects.toMatchObject({ code: 'install.not_authorised' });
    expect(provider.refreshes).toBe(1);
    expect(await view(platform)).toMatchObject({
      authorised: 'broken',
      reason: expect.stringContaining('invalid_client'),
    });
    provider.script = null;
    await installed(platform);
    expect((await ask(platform)).token!.accessToken).toBe('access-2');
  });

  test('B9: without a refresh token, the end of the token is the end', async () => {
    const platform = world.platform();
    provider.script = (_form, response) => json(response, 200, { access_token: 'only-one', expires_in: 100 });
    await authorised(platform);
    expect((await ask(platform)).token!.accessToken).toBe('only-one');
    world.now += 99_999;
    expect((await ask(platform)).token!.accessToken).toBe('only-one');
    world.now += 1;
    expect(await view(platform)).toMatchObject({ authorised: 'broken' });
    await expect(ask(platform)).rejects.toMatchObject({ code: 'install.not_authorised' });
    await authorised(platform);
    const { revision } = (await ask(platform)).token!;
    await expect(ask(platform, revision)).rejects.toMatchObject({
      message: expect.stringContaining('the service no longer accepts the token'),
    });
  });
});
