import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { goldenFolders, readGolden } from './folder.ts';
import { playGolden } from './play.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folder(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

const TOPOLOGY = JSON.stringify({
  name: 'small',
  nodes: [
    { id: 'start', kind: 'start' },
    { id: 'out', kind: 'respond' },
  ],
  connections: [{ from: 'start', to: 'out' }],
});

test('a folder without workers needs no steps, and its journal ends with the books', async () => {
  const path = folder('plain', { 'topology.json': TOPOLOGY, 'input.json': '[{"at":"1 h","body":{"n":1}}]' });
  const journal = await playGolden(await readGolden(path));
  expect(journal.split('\n').map((line) => line.trim())).toEqual([
    'process-1 of small for default: completed, 2 of 2 done',
    '1h  start {"n":1}',
    '1h    out {"n":1}  → responded',
    'answered 200 {"n":1}',
    '',
    'ledger: 1 accepted + 1 emitted = 2 finished, balanced',
    'ended after 1h',
    '',
  ]);
});

test('a folder that is no test is refused with everything that is wrong with it', async () => {
  const good = { 'topology.json': TOPOLOGY, 'input.json': '[{}]' };
  for (const [name, files, problem] of [
    ['no-json', { ...good, 'topology.json': '{' }, /topology.json: .*JSON/],
    ['no-event', { ...good, 'input.json': '[]' }, /input.json/],
    ['no-list', { ...good, 'input.json': '{"body":1}' }, /expected array/],
    ['typo', { ...good, 'input.json': '[{"boddy":1}]' }, /input.json 0/],
    ['fault', { ...good, 'input.json': '[{"fail":"bad-mood"}]' }, /input.json 0/],
    ['crash', { ...good, 'input.json': '[{"crash":"sometimes"}]' }, /input.json 0/],
    ['broken-steps', { ...good, 'steps.mjs': 'export const workers = () => {' }, /steps.mjs: /],
    ['shared-steps', { ...good, 'steps.mjs': 'export const workers = {};' }, /workers as a function/],
  ] as const) {
    await expect(readGolden(folder(name, files))).rejects.toMatchObject({
      code: 'test.golden_invalid',
      message: expect.stringMatching(problem),
    });
  }
});

test('what cannot run says why: a topology that is none, a time that is none, a start that is not there', async () => {
  for (const [name, files, code] of [
    ['shape', { 'topology.json': '{"name":"x","nodes":7}', 'input.json': '[{}]' }, 'topology.invalid'],
    ['time', { 'topology.json': TOPOLOGY, 'input.json': '[{"at":"soon"}]' }, 'test.duration_invalid'],
    ['start', { 'topology.json': TOPOLOGY, 'input.json': '[{"start":"__proto__"}]' }, 'topology.node_unknown'],
    ['unmet', { 'topology.json': TOPOLOGY, 'input.json': '[{},{"fail":"answer-lost"}]' }, 'test.not_happened'],
  ] as const)
    await expect(readGolden(folder(name, files)).then((golden) => playGolden(golden))).rejects.toMatchObject({ code });
});

test('folders are found at any depth, and a file stands for its folder', () => {
  const tree = folder('tree', {});
  const files = { 'topology.json': TOPOLOGY, 'input.json': '[{}]' };
  const [a, b] = [folder('tree/a', files), folder('tree/deep/b', files)];
  folder('tree/node_modules/c', files);
  expect(goldenFolders(tree)).toEqual([a, b]);
  expect(goldenFolders(join(a, 'topology.json'))).toEqual([a]);
  expect(() => goldenFolders(join(tree, 'nowhere'))).toThrow('ENOENT');
});
