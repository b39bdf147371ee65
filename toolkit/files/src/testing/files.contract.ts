// What holds for every store of files, whatever its protocol.

import { type LiveWorker, liveWorker, type TestInstall } from '@sluice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileSteps } from '../steps/index.ts';
import type { FileApplication } from '../store.ts';

export interface FilesContract {
  readonly application: FileApplication;
  /** Of an empty folder; asked when the tests run. */
  readonly settings: () => NonNullable<TestInstall['settings']>;
  /** Puts a link named `out` into the folder that leads out of it, where links are a thing. */
  readonly linkOut?: () => void;
}

export function filesContract({ application, settings, linkOut }: FilesContract): void {
  const { key } = application;
  let worker: LiveWorker;
  const run = (verb: string, input: object) => worker.run(`${key}-${verb}`, input);
  beforeAll(() => {
    worker = liveWorker({ steps: fileSteps(application), installs: [{ application: key, settings: settings() }] });
  });
  afterAll(() => worker[Symbol.asyncDispose]());

  test(`R15: ${application.name}: files are written whole, read as they were, moved and deleted`, async () => {
    expect(await worker.invoke(application, { operation: 'test' } as never)).toMatchObject({
      ok: true,
      value: { detail: expect.stringContaining('0 entries') },
    });
    const contents = {
      'a/b/text é.txt': { content: 'é\r\n', encoding: 'text' },
      'data.json': { content: { a: 1 }, encoding: 'json' },
      'raw.bin': { content: '/wAB', encoding: 'base64' },
    };
    for (const [path, content] of Object.entries(contents)) {
      expect((await run('write-file', { path, ...content })).reason, path).toBe(null);
      expect((await run('read-file', { path })).json()).toMatchObject({ path, ...content });
      expect((await run('write-file', { path, content: 'other' })).outcome).toMatchObject({
        kind: 'fail',
        code: 'files.exists',
      });
    }
    expect((await run('write-file', { path: 'raw.bin', content: 'new', overwrite: true })).json()).toEqual({
      path: 'raw.bin',
      bytes: 3,
    });
    expect((await run('read-file', { path: 'raw.bin', as: 'base64' })).json()).toMatchObject({ content: 'bmV3' });
    expect((await run('move-file', { path: 'raw.bin', to: 'done/raw.bin' })).kind).toBe('forward');
    expect((await run('move-file', { path: 'raw.bin', to: 'x' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'files.not_found',
    });
    expect((await run('move-file', { path: 'done/raw.bin', to: 'data.json' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'files.exists',
    });
    for (const deleted of [true, false])
      expect((await run('delete-file', { path: 'done/raw.bin' })).json()).toMatchObject({ deleted });
    expect((await run('read-file', { path: 'data.json', maxBytes: 3 })).outcome).toMatchObject({
      kind: 'fail',
      code: 'files.too_large',
    });
    expect((await run('read-file', { path: 'done/raw.bin' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'files.not_found',
    });
  });

  test('a folder comes page by page in the order of names, files only, and no unfinished one', async () => {
    for (const name of ['c.csv', 'a.csv', 'b.csv', 'd.txt'])
      await run('write-file', { path: `list/${name}`, content: name });
    const pages = await worker.pages(`${key}-list-files`, { folder: 'list', match: '*.csv', pageSize: 2 });
    expect(pages.map((page) => page.items.map((_, at) => page.json<{ path: string }>(at).path))).toEqual([
      ['list/a.csv', 'list/b.csv'],
      ['list/c.csv'],
    ]);
    expect(pages[0]!.json(0)).toMatchObject({ name: 'a.csv', bytes: 5 });
    expect((await run('list-files', {})).items.length).toBe(1);
    expect((await run('list-files', { folder: 'nothing' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'files.not_found',
    });
  });

  test('no path leads out of the folder', async () => {
    linkOut?.();
    const outside = [
      '../x',
      'a/../../x',
      'a\0b',
      'list/../../../etc/passwd',
      ...(linkOut ? ['out/x', '/etc/passwd'] : ['a\r\nDELE b', 'a\\b']),
    ];
    for (const path of outside)
      for (const input of [{ path }, { path, content: 'x' }])
        expect(
          (await run('content' in input ? 'write-file' : 'read-file', input)).outcome,
          JSON.stringify(path),
        ).toMatchObject({ kind: 'fail', code: 'files.outside' });
    expect((await run('move-file', { path: 'data.json', to: '../data.json' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'files.outside',
    });
    for (const path of ['', 1, 'x'.repeat(5_000)])
      expect((await run('read-file', { path })).outcome).toMatchObject({ kind: 'fail', code: 'step.input_invalid' });
  });
}
