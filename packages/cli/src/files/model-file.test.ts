import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const READER = new URL('./model-file.js', import.meta.url).href;

/** What reading each file says; by a Node of its own, because a test runner loads TypeScript in its own way. */
function refusals(directory: string, files: readonly string[]): Record<string, string> {
  const script = `
    import { readModel } from ${JSON.stringify(READER)};
    const said = {};
    for (const file of ${JSON.stringify(files)})
      said[file] = await readModel(file).then(() => 'read', (error) => error.name + ': ' + [error.message, ...(error.problems ?? []).map((problem) => problem.message)].join(' '));
    console.log(JSON.stringify(said));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: directory,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('a topology in a file', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'sluice-files-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('what is none is told what it is instead', () => {
    const wrong = [
      ['enum.ts', 'enum A { x }\nexport default A;', 'enum.ts:1: TypeScript enum is not supported'],
      ['syntax.ts', 'export default {', 'syntax.ts:1:'],
      ['none.ts', 'export const x = 1;', 'no default export'],
      ['throws.ts', 'throw new Error("not today")', 'not today'],
      ['missing.ts', "import './nowhere.ts';", 'nowhere.ts'],
      [
        'date.ts',
        "export default { name: 'x', nodes: [{ id: 'a', kind: 'cron', settings: { body: new Date(0) } }] };",
        'nodes.0.settings.body is a Date',
      ],
      ['function.ts', 'export default () => 1;', 'the default export is a function'],
      ['circle.ts', 'const a: { a?: unknown } = {}; a.a = a; export default a;', 'part of itself'],
      ['number.ts', "export default { name: 'x', nodes: [], connections: [], n: Number.NaN };", 'n is NaN'],
      ['wrong.ts', "export default { name: 'no name', nodes: [{ id: 'a', kind: 'magic' }] };", 'nodes.0.kind'],
      ['wrong.json', '[1]', 'wrong.json is no topology'],
      ['none.json', 'no json', 'none.json is not JSON'],
      [
        'deep.ts',
        "let body: unknown = 1; for (let i = 0; i < 9999; i++) body = [body]; export default { name: 'x', body };",
        'nested deeper',
      ],
      ['deep.json', `{"name":"x","nodes":[],"body":${'['.repeat(9_999)}${']'.repeat(9_999)}}`, 'nested deeper'],
    ] as const;
    for (const [file, content] of wrong) writeFileSync(join(directory, file), content);
    const said = refusals(directory, [...wrong.map(([file]) => file), 'nowhere.ts']);
    for (const [file, , says] of wrong) expect(said[file], file).toContain(says);
    for (const [file, text] of Object.entries(said)) expect(text, file).toMatch(/^InputError: /);
  });

  test('B6: a file may have types, and share what is beside it', () => {
    writeFileSync(join(directory, 'shared.ts'), 'export const often = { attempts: 9 as number };');
    const text = `
      import { custom, type SettingsOf, start, topology } from '@sluice/topology/builder';
      import { often } from './shared.ts';
      const settings: SettingsOf<'custom'> = { repeat: often };
      export default topology('typed', {
        nodes: { in: start(), work: custom({ worker: 'w', action: 'a', settings }) },
        connections: [['in', 'work']],
      });
    `;
    writeFileSync(join(directory, 'typed.ts'), text);
    expect(refusals(directory, ['typed.ts'])).toEqual({ 'typed.ts': 'read' });
  });
});
