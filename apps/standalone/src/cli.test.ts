import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, commandLineIn } from './testing/command-line.ts';
import { type TestPlatform, TOKEN, testPlatform, until } from './testing/platform.ts';

describe('the command line', () => {
  let p: TestPlatform;
  beforeAll(async () => {
    p = await testPlatform();
  });
  afterAll(() => p.close());

  const sluice: CommandLine = (...args) => commandLine(p)(...args);

  test('empty lists say what to do next', async () => {
    expect((await sluice('worker', 'list')).out).toContain('sluice worker add NAME');
    expect((await sluice('topology', 'list')).out).toContain('sluice topology import FILE');
    expect((await sluice('trash', 'list')).out).toContain('The trash is empty.');
    expect(JSON.parse((await sluice('process', 'list', '--json')).out)).toEqual([]);
  });

  test('a new worker is written into an empty folder only, under a name that a worker may have', async () => {
    const folder = join(p.directory, 'fresh');
    expect(await sluice('worker', 'create', folder)).toMatchObject({ code: 0 });
    const again = await sluice('worker', 'create', folder);
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain('Nothing was written');
    expect(await sluice('worker', 'create', join(p.directory, 'Nein danke'))).toMatchObject({ code: 2 });
  }, 30_000);

  test('a topology is imported, enabled, run, looked at, and its trash replayed', async () => {
    const file = join(p.directory, 'flow.json');
    writeFileSync(
      file,
      JSON.stringify({
        name: 'flow',
        nodes: [
          { id: 'start', kind: 'start' },
          { id: 'check', kind: 'filter', settings: { condition: '$error("not today")' } },
        ],
        connections: [{ from: 'start', to: 'check' }],
      }),
    );
    expect(await sluice('topology', 'import', file, '--enable')).toMatchObject({
      code: 0,
      out: expect.stringContaining('v1 is enabled'),
    });
    const { processId } = await p.client.run('flow', 'start', { body: '{}' });
    await until('it failed', async () => (await p.client.processes.get(processId)).status === 'failed');
    expect((await sluice('process', 'list', '--status', 'failed')).out).toContain(processId);
    const listed = await sluice('trash', 'list', '--topology', 'flow');
    expect(listed.out).toContain('not today');
    expect((await sluice('process', 'history', processId)).out).toMatch(/check\s+trash/);
    expect((await sluice('trash', 'replay', '--topology', 'flow')).out).toContain('1 message(s) replayed.');
    await until('it failed again', async () => (await p.client.trash.list({ topology: 'flow' })).items.length === 1);
    expect((await sluice('trash', 'discard')).code).toBe(2);
    expect((await sluice('trash', 'discard', '--all')).out).toContain('1 message(s) discarded.');
  });

  test('R9: a worker is registered by name, and its token shown once', async () => {
    const first = await sluice('worker', 'add', 'mine');
    expect(first.out).toMatch(/SLUICE_TOKEN=slc_\S{40,}/);
    expect((await sluice('worker', 'add', 'mine')).out).not.toContain('slc_');
    expect((await sluice('worker', 'list')).out).toMatch(/mine\s+link\s+down/);
    expect((await sluice('worker', 'remove', 'mine')).code).toBe(0);
  });

  test('a token is made, listed without its secret, and revoked', async () => {
    const made = JSON.parse(
      (await sluice('token', 'create', 'ci', '--scope', 'run', 'ledger:read', '--days', '1', '--json')).out,
    ) as { id: string; token: string };
    const listed = (await sluice('token', 'list')).out;
    expect(listed).toContain('run ledger:read');
    expect(listed).not.toContain(made.token);
    expect((await sluice('token', 'revoke', made.id)).code).toBe(0);
  });

  test('exit codes: 2 for wrong input, 3 for the environment, with the next step in words', async () => {
    expect(await sluice('topology', 'import', 'no-such-file.json')).toMatchObject({ code: 2 });
    expect(await sluice('dance')).toMatchObject({ code: 2 });
    expect(await sluice('process', 'show', 'unknown')).toMatchObject({
      code: 2,
      err: expect.stringContaining('process.unknown'),
    });
    expect(await sluice('token', 'create', 'x', '--scope', 'everything')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There are: run'),
    });
    const away = await commandLineIn({ SLUICE_URL: 'http://127.0.0.1:1', SLUICE_TOKEN: TOKEN })('worker', 'list');
    expect(away).toMatchObject({ code: 3, err: expect.stringContaining('sluice start') });
    expect(await commandLineIn({ SLUICE_URL: p.url, SLUICE_TOKEN: 'wrong-token' })('worker', 'list')).toMatchObject({
      code: 3,
      err: expect.stringContaining('auth.unknown_token'),
    });
  });

  test('doctor finds everything in order, and says what is not', async () => {
    expect(await sluice('doctor')).toMatchObject({ code: 0, out: expect.stringContaining('is ready') });
    const away = await commandLineIn({
      SLUICE_URL: 'http://127.0.0.1:1',
      SLUICE_TOKEN: TOKEN,
      SLUICE_DATA: p.directory,
    })('doctor');
    expect(away).toMatchObject({ code: 3, out: expect.stringMatching(/FAIL\s+Platform/) });
  });
});
