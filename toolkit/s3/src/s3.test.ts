import type { AddressInfo } from 'node:net';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { type LiveWorker, liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { xmlOf } from './application/answers.ts';
import { applications, steps } from './index.ts';
import { CREDENTIALS, s3Server } from './testing/server.ts';

const readme = new URL('../README.md', import.meta.url);
describe('S3, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

describe('R15: a store that checks every signature', () => {
  const server = s3Server();
  let endpoint = '';
  let worker: LiveWorker;
  const settingsOf = (change: object = {}, secretAccessKey = CREDENTIALS.secretAccessKey) => ({
    settings: { endpoint, bucket: 'shop', ...change },
    credentials: { accessKeyId: CREDENTIALS.accessKeyId, secretAccessKey, region: 'eu-test-1' },
  });
  const run = (verb: string, input: object) => worker.run(`s3-${verb}`, input);
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
    endpoint = `http://127.0.0.1:${port}`;
    worker = liveWorker({ steps, installs: [{ application: 's3', settings: settingsOf(), token: false }] });
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    await worker[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });

  test('objects are what they were, whatever their keys; lists come page by page', async () => {
    expect(await worker.invoke(applications[0]!, { operation: 'test' } as never)).toMatchObject({ ok: true });
    const objects = {
      'a/é +&%2F.json': { content: { a: 1 }, encoding: 'json' },
      'a/b=c?d#e.txt': { content: 'x', encoding: 'text' },
      'b.bin': { content: '/wAB', encoding: 'base64' },
    };
    for (const [key, content] of Object.entries(objects)) {
      expect((await run('put-object', { key, ...content })).reason, key).toBe(null);
      expect((await run('get-object', { key })).json(), key).toMatchObject({ key, ...content, etag: '"e"' });
    }
    expect((await run('copy-object', { key: 'a/é +&%2F.json', to: 'copy é.json' })).kind).toBe('forward');
    const pages = await worker.pages('s3-list-objects', { pageSize: 2 });
    expect(pages[0]!.reason).toBe(null);
    expect(pages.map((page) => page.items.map((_, at) => page.json<{ key: string }>(at).key))).toEqual([
      ['a/b=c?d#e.txt', 'a/é +&%2F.json'],
      ['b.bin', 'copy é.json'],
    ]);
    expect((await run('list-objects', { prefix: 'a/' })).items.length).toBe(2);
    for (let time = 0; time < 2; time++) expect((await run('delete-object', { key: 'b.bin' })).kind).toBe('forward');
  });

  test('what the store refuses has its name', async () => {
    const put = { key: 'copy é.json', content: 1 };
    expect((await run('get-object', { key: 'none' })).outcome).toMatchObject({ kind: 'fail', code: 's3.no_such_key' });
    expect((await run('put-object', { ...put, onlyIfAbsent: true })).outcome).toMatchObject({
      kind: 'fail',
      code: 's3.precondition_failed',
    });
    expect((await run('put-object', { ...put, key: 'slow' })).outcome).toMatchObject({ kind: 'redeliver' });
    expect((await run('get-object', { key: 'copy é.json', maxBytes: 2 })).kind).toBe('fail');
    const outcome = async (settings: ReturnType<typeof settingsOf>) => {
      await using other = liveWorker({ steps, installs: [{ application: 's3', settings, token: false }] });
      return (await other.run('s3-put-object', put)).outcome;
    };
    expect(await outcome(settingsOf({}, 'another-secret'))).toMatchObject({
      kind: 'fail',
      code: 's3.signature_does_not_match',
    });
    expect(await outcome(settingsOf({ bucket: 'other' }))).toMatchObject({ kind: 'fail', code: 's3.no_such_bucket' });
    expect(await outcome(settingsOf({ endpoint: 'http://169.254.169.254' }))).toMatchObject({
      kind: 'fail',
      code: 'http.address_refused',
    });
  });

  test('keys that an address would read as another place, and answers that are bombs, are refused', async () => {
    for (const key of ['../other/x', 'a/./b', 'a/..', '/x', 'a\nb', '', 'x'.repeat(2_000)])
      expect((await run('get-object', { key })).outcome, key).toMatchObject({
        kind: 'fail',
        code: 'step.input_invalid',
      });
    expect(() => xmlOf('<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>')).toThrow('type of document');
    expect(() => xmlOf('<a>'.repeat(100))).toThrow('too deep');
    expect(() => xmlOf('<a><b></a>')).toThrow('no XML');
  });
});
