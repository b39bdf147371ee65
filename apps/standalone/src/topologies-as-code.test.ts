import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diff, parseModel, type TopologyModel, toTypeScript } from '@sluice/topology';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BIN = join(ROOT, 'packages', 'cli', 'bin', 'sluice.js');
const EXAMPLE = join(ROOT, 'examples', 'new-order');

const chain = (name: string, description?: string): TopologyModel => ({
  name,
  ...(description === undefined ? {} : { description }),
  nodes: [
    { id: 'in', kind: 'start' },
    { id: 'out', kind: 'respond' },
  ],
  connections: [{ from: 'in', to: 'out' }],
});

// Each command is a process of its own, and the machine may have other things to do.
vi.setConfig({ testTimeout: 180_000 });

describe('topologies as code', () => {
  let p: TestPlatform;
  let folder: string;
  beforeAll(async () => {
    p = await testPlatform();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(p.directory, 'folder-'));
  });
  afterAll(() => p.close());

  const sluice = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> => at(p.url, args);
  function at(url: string, args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const env = { ...process.env, SLUICE_URL: url, SLUICE_TOKEN: TOKEN };
    const child = spawn(process.execPath, [BIN, 'topology', ...args], { env, cwd: folder });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }
  const write = (file: string, content: string | object): string => {
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
    return join(folder, file);
  };
  const versions = async (name: string): Promise<string[]> =>
    (await p.client.topologies.list()).items
      .filter((item) => item.name === name)
      .map(({ version, state }) => `v${version} ${state}`);

  test('B6: the demo as code is the demo', async () => {
    const parsed = parseModel(JSON.parse(readFileSync(join(EXAMPLE, 'topology.json'), 'utf8')));
    if (!parsed.ok) throw new Error('The demo is no topology.');
    expect(toTypeScript(parsed.model)).toBe(readFileSync(join(EXAMPLE, 'topology.ts'), 'utf8'));
    expect(await sluice('import', join(EXAMPLE, 'topology.ts'))).toMatchObject({ code: 0 });
    expect(await sluice('diff', 'new-order', '--from', join(EXAMPLE, 'topology.json'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('Both mean the same.'),
    });
    const { version: _, state: __, ...stored } = await p.client.topologies.get('new-order');
    expect(diff(stored as unknown as TopologyModel, parsed.model)).toEqual([]);
  });

  test('B6: a stored topology leaves as TypeScript, by the API and the command, with its layout beside it', async () => {
    const layout = { in: { x: 10, y: 20 } };
    await p.client.topologies.save({ ...chain('drawn', "it's"), layout, owner: 'sales' });
    const text = await p.client.topologies.export('drawn', 'ts');
    expect(text).toContain(`description: "it's"`);
    expect(text).toContain(`...extra({ owner: 'sales' })`);
    expect(await sluice('export', 'drawn', '--format', 'ts')).toEqual({ code: 0, out: text, err: '' });
    expect(await sluice('export', 'drawn', '--out', join(folder, 'drawn.ts'))).toMatchObject({ code: 0 });
    expect(readdirSync(folder).sort()).toEqual(['drawn.layout.json', 'drawn.ts']);
    expect(await sluice('import', join(folder, 'drawn.ts'))).toMatchObject({ code: 0 });
    expect(await p.client.topologies.get('drawn')).toMatchObject({ layout, owner: 'sales' });
    const answer = await p.fetch('/api/v1/topologies/drawn?format=ts');
    expect(answer.headers.get('content-type')).toBe('application/typescript; charset=utf-8');
    expect((await p.fetch('/api/v1/topologies/drawn?format=exe')).status).toBe(400);
  });

  test('a draft with two nodes of one name has no text, and says so', async () => {
    const twice = chain('twice');
    await p.client.topologies.save({ ...twice, nodes: [...twice.nodes, { id: 'out', kind: 'map' }] });
    const answer = await p.fetch('/api/v1/topologies/twice?format=ts');
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'topology.not_text' }]);
  });

  test('asking what saving would come to stores nothing', async () => {
    expect(await p.client.topologies.foresee({ ...chain('asked'), nodes: [] })).toMatchObject({
      version: 1,
      problems: expect.arrayContaining([expect.objectContaining({ code: 'graph.no_start' })]),
    });
    expect(await versions('asked')).toEqual([]);
  });

  test('a folder is planned, reviewed, applied; then there is nothing to do', async () => {
    write('one.ts', toTypeScript(chain('one')));
    write('two.json', chain('two'));
    mkdirSync(join(folder, 'shared'));
    write('shared/broken.ts', 'this is no TypeScript');
    write('package.json', '{}');
    const plan = join(folder, 'all.plan.json');
    expect(await sluice('plan', folder, '--out', plan)).toMatchObject({
      code: 0,
      out: expect.stringContaining('+ create one'),
    });
    expect(await versions('one')).toEqual([]);
    expect(await sluice('apply', plan, '--dry-run')).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing was changed'),
    });
    expect(await versions('one')).toEqual([]);
    expect(await sluice('apply', plan)).toMatchObject({ code: 0 });
    expect([await versions('one'), await versions('two')]).toEqual([['v1 enabled'], ['v1 enabled']]);
    expect((await sluice('plan', folder)).out).toContain('2 as they should be.');
    write('two.json', { ...chain('two'), layout: { in: { x: 1 } } });
    expect((await sluice('plan', folder)).out).toContain('2 as they should be.');
    expect(await sluice('apply', plan)).toMatchObject({ code: 2, err: expect.stringContaining('moved on') });
  });

  test('an update makes a version and moves traffic to it; what is not in the folder stays until --retire', async () => {
    const name = 'changing';
    const file = write('changing.json', chain(name));
    await sluice('apply', folder);
    write('changing.json', chain(name, 'now with words'));
    const updated = await sluice('apply', folder);
    expect(updated).toMatchObject({
      code: 0,
      out: expect.stringContaining('~ topology: description nothing → "now with words"'),
    });
    expect(updated.out).toContain('left enabled:');
    expect(await versions(name)).toEqual(['v1 disabled', 'v2 enabled']);
    await p.client.topologies.disable(name, 2);
    expect((await sluice('apply', folder)).out).toContain('enable changing v2');
    expect(await versions(name)).toEqual(['v1 disabled', 'v2 enabled']);
    rmSync(file);
    write('rest.json', chain('rest'));
    expect((await sluice('apply', folder, '--retire')).out).toContain('- retire changing v2');
    expect(await versions(name)).toEqual(['v1 disabled', 'v2 disabled']);
  });

  test('one wrong file keeps the whole folder from being applied, and all that is wrong is said', async () => {
    write('fine.json', chain('fine'));
    write('loop.json', { ...chain('loop'), connections: [] });
    const map = { id: 'map', kind: 'map', settings: { expression: '{{' } };
    write('words.json', {
      ...chain('words'),
      nodes: [...chain('words').nodes, map],
      connections: [
        { from: 'in', to: 'map' },
        { from: 'map', to: 'out' },
      ],
    });
    const answer = await sluice('apply', folder);
    expect(answer).toMatchObject({ code: 2, err: expect.stringContaining('Nothing was changed') });
    expect(answer.err).toMatch(/loop\.json: Start "in" has no follower/);
    expect(answer.err).toMatch(/words\.json: The expression/);
    expect([await versions('fine'), await versions('loop'), await versions('words')]).toEqual([[], [], []]);
  });

  test('a plan is refused on another platform, after somebody published, and when its words are not its model', async () => {
    write('guarded.json', chain('guarded'));
    const file = join(folder, 'guarded.plan.json');
    await sluice('plan', folder, '--out', file);
    const plan = JSON.parse(readFileSync(file, 'utf8'));

    const other = await testPlatform({}, mkdtempSync(join(tmpdir(), 'sluice-other-')));
    try {
      expect(await at(other.url, ['apply', file])).toMatchObject({
        code: 3,
        err: expect.stringContaining('another one'),
      });
      expect((await other.client.topologies.list()).items).toEqual([]);
    } finally {
      await other.close();
    }
    write('edited.plan.json', { ...plan, steps: [{ ...plan.steps[0], model: chain('guarded', 'slipped in') }] });
    expect(await sluice('apply', 'edited.plan.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('was edited'),
    });
    await p.client.topologies.save(chain('guarded', 'somebody was faster'));
    expect(await sluice('apply', file)).toMatchObject({ code: 2, err: expect.stringContaining('"guarded"') });
    expect(await versions('guarded')).toEqual(['v1 draft']);
  });

  test('what is no folder of topologies is told so', async () => {
    expect(await sluice('import', write('enum.ts', 'enum A { x }\nexport default A;'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('enum.ts:1: TypeScript enum is not supported'),
    });
    expect(await sluice('plan', write('none.json', 'no json'))).toMatchObject({ code: 2 });
    expect(await sluice('plan', 'nowhere')).toMatchObject({ code: 2 });
    const empty = mkdtempSync(join(folder, 'empty-'));
    expect(await sluice('apply', empty, '--retire')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no topology in it'),
    });
  });

  test('two files of one name are refused; a shared file below the folder is not a topology', async () => {
    mkdirSync(join(folder, 'shared'));
    write('shared/retries.ts', 'export const often = { attempts: 9 as number };');
    const text = toTypeScript({
      ...chain('same'),
      nodes: [
        { id: 'in', kind: 'start' },
        { id: 'out', kind: 'respond', settings: { repeat: { attempts: 1 } } },
      ],
    });
    write(
      'a.ts',
      `import { often } from './shared/retries.ts';\n${text.replace('repeat: { attempts: 1 }', 'repeat: often')}`,
    );
    expect((await sluice('plan', folder)).out).toContain('"attempts":9');
    write('b.json', chain('same'));
    expect(await sluice('plan', folder)).toMatchObject({ code: 2, err: expect.stringContaining('both called "same"') });
  });

  test('where the platform is away the exit code says so', async () => {
    write('x.json', chain('x'));
    expect(await at('http://127.0.0.1:1', ['plan', folder])).toMatchObject({ code: 3 });
    expect(await sluice('diff', 'unknown')).toMatchObject({
      code: 2,
      err: expect.stringContaining('topology.unknown'),
    });
    expect(await sluice('export', 'unknown', '--format', 'exe')).toMatchObject({ code: 2 });
    expect(await sluice('export', 'drawn', '--out', 'x.ts', '--format', 'json')).toMatchObject({ code: 2 });
    expect(await sluice('show', 'drawn', '--version', 'one')).toMatchObject({ code: 2 });
  });
});
