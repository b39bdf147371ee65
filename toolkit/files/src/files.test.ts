import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Folder } from '@sluice/sdk';
import { liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { afterAll, describe, expect, test } from 'vitest';
import { applications, LocalFiles, steps } from './index.ts';
import { filesContract } from './testing.ts';

const readme = new URL('../README.md', import.meta.url);
describe('Files of the worker, as they are offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

describe('R15: files of the worker', () => {
  const root = mkdtempSync(join(tmpdir(), 'sluice-files-'));
  const elsewhere = mkdtempSync(join(tmpdir(), 'sluice-elsewhere-'));
  mkdirSync(join(root, 'shop'));
  afterAll(() => {
    for (const folder of [root, elsewhere]) rmSync(folder, { recursive: true, force: true });
  });
  filesContract({
    application: new LocalFiles(new Folder(root)),
    settings: () => ({ connection: { folder: 'shop' } }),
    linkOut: () => symlinkSync(elsewhere, join(root, 'shop', 'out')),
  });

  test('nothing unfinished stays behind, and nothing is open that the operator did not open', async () => {
    expect(
      readdirSync(join(root, 'shop'), { recursive: true }).filter((name) => String(name).endsWith('.part')),
    ).toEqual([]);
    await using worker = liveWorker({ steps, installs: [{ application: 'files', settings: { connection: {} } }] });
    expect((await worker.run('files-list-files')).outcome).toMatchObject({ kind: 'fail', code: 'files.no_root' });
  });
});
