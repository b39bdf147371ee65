// A copy of everything, taken under load and restored elsewhere.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreStore } from '@sluice/engine/sqlite';
import { renameBlob } from '@sluice/engine/testing';
import { CustomNode, join as joinPlatform, type Link } from '@sluice/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, commandLineIn } from './testing/command-line.ts';
import { deployChain, type TestPlatform, TOKEN, testPlatform, until } from './testing/platform.ts';

/** More than is kept in the tables. */
const LARGE = JSON.stringify({ text: 'large '.repeat(100_000) });

let p: TestPlatform;
let link: Link;
let sluice: CommandLine;
const folder = mkdtempSync(join(tmpdir(), 'sluice-backup-'));
const file = join(folder, 'all.backup');

class Pass extends CustomNode {
  readonly name = 'pass';
  process(): unknown {
    return { passed: true };
  }
}

beforeAll(async () => {
  p = await testPlatform({ SLUICE_RETENTION_DAYS: '3' });
  sluice = commandLineIn({ SLUICE_URL: p.url, SLUICE_TOKEN: TOKEN, SLUICE_DATA: join(folder, 'restored') });
  const { token } = await p.client.workers.register({ name: 'w' });
  link = joinPlatform({ steps: [new Pass()], url: p.url, token: token!, onState: () => {} });
  await link.ready;
  await deployChain(
    p,
    'orders',
    { id: 'pass', kind: 'custom', worker: 'w', action: 'pass' },
    { id: 'decide', kind: 'user-task' },
  );
  await deployChain(p, 'waits', { id: 'decide', kind: 'user-task' });
});
afterAll(async () => {
  await link?.close();
  await p?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a backup under load is consistent: restored elsewhere its ledger balances, and all that was acknowledged before is there', async () => {
  const { processId: large } = await p.client.run('waits', 'start', { body: LARGE });
  const before: string[] = [];
  for (let number = 0; number < 50; number++) before.push((await p.client.run('orders', 'start')).processId);
  let loading = true;
  const load = (async () => {
    let count = 0;
    for (; loading; count++) await p.client.run('orders', 'start');
    return count;
  })();
  const taken = await sluice('backup', file);
  loading = false;
  expect(await load).toBeGreaterThan(0);
  expect(taken, taken.err).toMatchObject({ code: 0 });
  expect(readdirSync(p.directory).filter((name) => name.endsWith('.part'))).toEqual([]);
  const restored = await sluice('restore', file);
  expect(restored, restored.err).toMatchObject({ code: 0 });
  expect(restored.out).toContain('The ledger balances.');
  expect(restored.out).toContain('There is no master key here');
  const directory = join(folder, 'restored');
  writeFileSync(join(directory, 'secret-key'), readFileSync(join(p.directory, 'secret-key')));
  const other = await testPlatform({}, directory);
  expect((await other.client.ledger()).balanced).toBe(true);
  expect((await other.client.ledgerAudit()).items).toEqual([]);
  for (const id of before) expect((await other.client.processes.get(id)).topology).toBe('orders');
  const waiting = await other.client.userTasks.list({ processId: large });
  const [task] = waiting.items;
  expect((await other.client.userTasks.get(task!.id)).body).toBe(LARGE);
  // What was restored goes on: it takes new messages, and ends old ones.
  await other.client.userTasks.replay(task!.id);
  await other.client.run('waits', 'start', { body: '{}' });
  await until(
    'the restored process ended',
    async () => (await other.client.processes.get(large)).status === 'completed',
  );
  const reopened = await other.restart();
  expect((await reopened.client.ledger()).balanced).toBe(true);
  await reopened.close();
}, 120_000);

test('a restore replaces nothing unasked, and nothing under a running platform; what was there is moved aside', () => {
  const now = Date.now();
  const code = (directory: string, replace = false): unknown => {
    try {
      return restoreStore(file, directory, { replace, now }).balanced;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const directory = join(folder, 'other');
  expect([code(p.directory, true), code(directory), code(directory)]).toEqual([
    'store.locked',
    true,
    'backup.would_replace',
  ]);
  const { aside, balanced } = restoreStore(file, directory, { replace: true, now });
  expect([existsSync(join(aside!, 'sluice.db')), balanced]).toEqual([true, true]);
});

test('what is no backup, is damaged or was cut off is refused, and nothing is changed', () => {
  const directory = join(folder, 'hostile');
  const cut = join(folder, 'cut.backup');
  writeFileSync(cut, readFileSync(file));
  truncateSync(cut, 40_000);
  const text = join(folder, 'text.backup');
  writeFileSync(text, 'this is no backup');
  const outside = join(folder, 'outside.backup');
  writeFileSync(outside, readFileSync(file));
  renameBlob(outside, '../../outside');
  for (const [wrong, why] of [
    [cut, 'backup.invalid'],
    [text, 'backup.invalid'],
    [outside, 'backup.invalid'],
    [join(p.directory, 'sluice.db'), 'backup.invalid'],
    [join(folder, 'nowhere'), 'ENOENT'],
  ] as const) {
    expect(() => restoreStore(wrong, directory, { now: 0 }), wrong).toThrowError(
      expect.objectContaining({ code: why }) as unknown as Error,
    );
    expect(readdirSync(directory).filter((name) => name === 'sluice.db' || name.endsWith('.part'))).toEqual([]);
  }
});

test('R53: settings show what is in force and where it comes from, and no secret; both need scopes that only administrators have', async () => {
  const { items } = await p.client.settings();
  const of = (name: string) => items.find((one) => one.name === name);
  expect(of('SLUICE_RETENTION_DAYS')).toMatchObject({ value: '3', source: 'environment', sealed: false });
  expect(of('SLUICE_AUDIT_DAYS')).toMatchObject({ value: '365', source: 'default' });
  expect(of('SLUICE_ADMIN_TOKEN')).toMatchObject({ value: null, sealed: true, source: 'environment' });
  expect(JSON.stringify(items)).not.toContain(TOKEN);
  const { token } = await p.client.tokens.create({ name: 'reader', scopes: ['process:read', 'ledger:read'] });
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${p.url}/api/v1/settings`, { headers })).status).toBe(403);
  expect((await fetch(`${p.url}/api/v1/backup`, { method: 'POST', headers })).status).toBe(403);
});
