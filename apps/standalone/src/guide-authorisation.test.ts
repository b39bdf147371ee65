// The guides on applications with credentials, their commands run as they stand there.

import { expect, onTestFinished, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

/** @param port  what the page writes for the remote service */
async function played(page: string, port: string): Promise<PlayedGuide> {
  const result = await playGuide(page, { port, env: (free) => ({ OAUTH_PROVIDER_PORT: free }) });
  onTestFinished(() => result.end());
  return result;
}

test('R37: the guide leads from nothing to an application with basic authentication in a process', async () => {
  const guide = await played('basic-application.md', '4500');
  expect(guide.code, guide.said()).toBe(0);
  for (const line of [
    'settings.language',
    'Signed in as Ann.',
    '{"asked":"/v1/orders?since=2026-01-01","language":"en","orders":[17,18]}',
  ])
    expect(guide.said()).toContain(line);
  expect(guide.said()).not.toContain('s3cr3t');
}, 240_000);

test('R38, R45: the guide leads from nothing to an application with OAuth 2, in a process and called synchronously, without an account', async () => {
  const guide = await played('oauth2-application.md', '4400');
  expect(guide.code, guide.said()).toBe(0);
  for (const line of [
    'is authorised. You can close this page.',
    '"orders" of user "default": enabled, authorised.',
    'The orders of ann can be read.',
    '{"of":"ann","orders":[17,18]}',
    'synchronously: {"of":"ann","orders":[17,18]}',
    '"orders" of user "default" is no longer authorised.',
  ])
    expect(guide.said()).toContain(line);
  expect(guide.said()).not.toContain('a-secret-of-this-machine');
}, 240_000);
