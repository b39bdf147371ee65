import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { filesContract } from '@sluice/toolkit-files/testing';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, type Sftp, steps } from './index.ts';
import { sftpServer } from './testing/server.ts';

const readme = new URL('../README.md', import.meta.url);
describe('SFTP, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

describe('R15: a server of SFTP', () => {
  const root = mkdtempSync(join(tmpdir(), 'sluice-sftp-'));
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const parsed = ssh2.utils.parseKey(privateKey) as ssh2.ParsedKey;
  const fingerprint = `SHA256:${createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
  const server = sftpServer({ root, hostKey: privateKey, user: 'shop', password: 'right', publicKey: parsed });
  let port = 0;
  const settingsOf = (change: object = {}, credentials: object = { user: 'shop', password: 'right' }) => ({
    connection: { host: '127.0.0.1', port, fingerprint, folder: '/', ...change },
    credentials: credentials as Record<string, string>,
  });
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
  });
  afterAll(() => {
    delete process.env[ALLOWED_ADDRESSES];
    server.close();
    rmSync(root, { recursive: true, force: true });
  });
  filesContract({ application: applications[0] as Sftp, settings: () => settingsOf() });

  test('nobody is believed whose key is not the one of the install', async () => {
    const outcome = async (settings: ReturnType<typeof settingsOf>) => {
      await using worker = liveWorker({ steps, installs: [{ application: 'sftp', settings }] });
      return (await worker.run('sftp-list-files')).outcome;
    };
    for (const other of ['', 'SHA256:x'])
      expect(await outcome(settingsOf({ fingerprint: other }))).toMatchObject({
        kind: 'fail',
        code: 'sftp.unknown_key',
        reason: expect.stringContaining(fingerprint),
      });
    expect(await outcome(settingsOf({}, { user: 'shop', password: 'wrong' }))).toMatchObject({
      kind: 'fail',
      code: 'sftp.login_refused',
    });
    expect((await outcome(settingsOf({}, { user: 'shop', privateKey }))).kind).toBe('split');
    expect(await outcome(settingsOf({}, { user: 'shop', privateKey: 'no key' }))).toMatchObject({ kind: 'fail' });
    expect(await outcome(settingsOf({ port: 1 }))).toMatchObject({ kind: 'redeliver' });
    expect(await outcome(settingsOf({ host: '10.0.0.1' }))).toMatchObject({
      kind: 'fail',
      code: 'connection.address_refused',
    });
  });
});
