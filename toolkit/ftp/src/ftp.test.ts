import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { filesContract } from '@sluice/toolkit-files/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, type Ftp, steps } from './index.ts';
import { ftpServer } from './testing/server.ts';

const readme = new URL('../README.md', import.meta.url);
describe('FTP, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

describe('R15: a server of FTP', () => {
  const root = mkdtempSync(join(tmpdir(), 'sluice-ftp-'));
  const server = ftpServer(root, '127.0.0.1');
  const liar = ftpServer(root, '169.254.169.254');
  let port = 0;
  let liarsPort = 0;
  const settingsOf = (change: object = {}, password = 'right') => ({
    connection: { host: '127.0.0.1', port, tls: 'off', ...change },
    credentials: { user: 'shop', password },
  });
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    [port, liarsPort] = (await Promise.all(
      [server, liar].map(
        (one) =>
          new Promise<number>((resolve) =>
            one.listen(0, '127.0.0.1', () => resolve((one.address() as AddressInfo).port)),
          ),
      ),
    )) as [number, number];
  });
  afterAll(() => {
    delete process.env[ALLOWED_ADDRESSES];
    server.close();
    liar.close();
    rmSync(root, { recursive: true, force: true });
  });
  filesContract({ application: applications[0] as Ftp, settings: () => settingsOf() });

  test('what the install says wrongly has a reason', async () => {
    const outcome = async (settings: ReturnType<typeof settingsOf>) => {
      await using worker = liveWorker({ steps, installs: [{ application: 'ftp', settings }] });
      return (await worker.run('ftp-list-files')).outcome;
    };
    expect(await outcome(settingsOf({}, 'wrong'))).toMatchObject({ kind: 'fail', code: 'ftp.login_refused' });
    expect(await outcome(settingsOf({ port: 1 }))).toMatchObject({ kind: 'redeliver' });
    expect(await outcome(settingsOf({ host: '10.0.0.1' }))).toMatchObject({
      kind: 'fail',
      code: 'connection.address_refused',
    });
    expect(await outcome(settingsOf({ port: liarsPort }))).toMatchObject({ kind: 'fail', code: 'ftp.other_address' });
    expect(await outcome(settingsOf({ tls: 'starttls' }))).toMatchObject({ kind: 'fail', code: 'connection.no_tls' });
  });
});
