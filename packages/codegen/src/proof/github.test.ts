import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { readDescription, serviceOf } from '@sluice/openapi';
import { afterAll, describe, expect, test } from 'vitest';
import { describedPackage } from '../package/described-package.ts';
import { callAll } from '../testing/calls.ts';
import { checkingServer } from '../testing/checking-server.ts';
import { packageFolder } from '../testing/package-folder.ts';

const text = brotliDecompressSync(readFileSync(new URL('../../fixtures/github.json.br', import.meta.url))).toString();
const read = readDescription(text);
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const { service, problems, leftOut } = serviceOf(read.described, {
  key: 'github',
  auth: { kind: 'bearer', options: {} },
});

describe("GitHub's own description", () => {
  const about = {
    name: 'connector-github',
    title: service.name,
    version: '0.1.0',
    command: 'sluice openapi import FILE',
  };
  const { files } = describedPackage(service, [], about);
  const folder = packageFolder(files);
  afterAll(() => folder.remove());

  test('B17: is read whole: each of its 1223 operations is a connector with a name of its own, lists are batches', () => {
    expect(problems).toEqual([]);
    expect(leftOut.filter(({ pointer }) => !pointer.endsWith('/pattern'))).toEqual([]);
    expect(service.operations.length).toBe(1223);
    const names = service.operations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['list-issues-for-repo', 'create-issues', 'get-repos', 'merge-pulls']),
    );
    expect(service.operations.find(({ name }) => name === 'list-issues-for-repo')!.pages).toEqual({
      kind: 'link',
      items: '',
    });
    expect(service.operations.find(({ name }) => name === 'search-code')!.pages).toMatchObject({
      kind: 'page',
      items: '/items',
    });
    expect(service.operations.find(({ name }) => name === 'upload-repos-release-asset')).toMatchObject({
      server: 'https://uploads.github.com',
      body: { kind: 'bytes', type: 'application/octet-stream' },
    });
    expect(service.operations.filter(({ pages }) => pages).length).toBeGreaterThan(200);
  });

  test('B17: its package compiles under strict, with a type for each operation', () => {
    expect(folder.compile()).toBe('');
  }, 120_000);

  test('B17: its connectors ask only what the description allows, and give what it promises', async () => {
    const server = await checkingServer(JSON.parse(text));
    const { called, wrong, without } = await callAll(service, server);
    await server.close();
    expect(server.problems).toEqual([]);
    expect(wrong).toEqual([]);
    expect(without).toEqual([]);
    expect(called.length).toBe(1223);
    // Two paths of it fit the same requests.
    expect(server.asked.size).toBeGreaterThanOrEqual(1222);
  }, 300_000);
});
