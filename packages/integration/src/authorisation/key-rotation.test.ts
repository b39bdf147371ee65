import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScriptedProvider } from '../testing/scripted-provider.ts';
import { authorised, comeBack, KEY, oauth2At, USER, World } from '../testing/world.ts';

const provider = new ScriptedProvider();
beforeAll(() => provider.open());
afterAll(() => provider.close());

test('R30: after rotation the former master key can go: settings, tokens, and what waits for a person', async () => {
  const world = new World(oauth2At(provider.url));
  const before = world.platform();
  await authorised(before);
  await authorised(before, 'ben');
  const answer = (await before.installs.authorize('app', USER, null)) as { authorizeUrl: string };
  const state = new URL(answer.authorizeUrl).searchParams.get('state');

  const next = 'another-master-key-of-a-test';
  const without = world.platform({}, next);
  await expect(without.installs.view('app', USER)).rejects.toMatchObject({ code: 'vault.wrong_key' });
  const both = world.platform({}, next, [KEY]);
  expect((await both.installs.forWorker('app', USER)).token!.accessToken).toBe('access-1');
  expect(await both.rotateSecrets()).toEqual({ installs: 2, tokens: 2, begun: 1, webhooks: 0 });
  expect(await both.rotateSecrets()).toEqual({ installs: 0, tokens: 0, begun: 0, webhooks: 0 });

  const after = world.platform({}, next);
  expect((await after.installs.forWorker('app', 'ben')).token!.accessToken).toBe('access-2');
  expect(await after.authorisation.returned({ state, code: 'c' })).toMatchObject({ done: true });
  world.now += provider.lifetimeS * 1_000;
  expect((await after.installs.forWorker('app', 'ben')).token!.accessToken).toBe('access-4');
  expect(await comeBack(after, { code: 'c' })).toMatchObject({ done: true });
});

test('B9: what is renewed while keys are rotated is not lost', async () => {
  const world = new World(oauth2At(provider.url));
  const before = world.platform();
  await authorised(before);
  world.now += provider.lifetimeS * 1_000;
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  let reached = (): void => {};
  const asked = new Promise<void>((resolve) => (reached = resolve));
  provider.script = async (form, response) => {
    reached();
    await gate;
    provider.script = null;
    provider.respond(form, response);
  };
  const late = before.installs.forWorker('app', USER);
  await asked;
  const both = world.platform({}, 'another-master-key-of-a-test', [KEY]);
  expect(await both.rotateSecrets()).toMatchObject({ tokens: 1 });
  release();
  const { token } = await late;
  expect((await both.installs.forWorker('app', USER)).token!.accessToken).toBe(token!.accessToken);
});
