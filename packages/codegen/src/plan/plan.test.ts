import { readDescription, serviceOf } from '@sluice/openapi';
import { describe, expect, test } from 'vitest';
import { exchangesOf } from '../exchanges/described.ts';
import { describedPackage } from '../package/described-package.ts';
import { RECORD_FILE } from '../package/file.ts';
import { namesIn, planImport } from './plan.ts';
import { parseRecord } from './record.ts';

const operation = (operationId: string, parameters: readonly string[] = [], summary = 'words') => ({
  operationId,
  summary,
  parameters: parameters.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
  responses: { 200: { content: { 'application/json': { schema: { type: 'object' } } } } },
});
const FIRST = {
  '/pets': { get: operation('listPets'), post: operation('addPet') },
  '/toys': { get: operation('listToys') },
};
const SECOND = {
  // Before all others, and wants the name that another has.
  '/all-pets': { get: operation('listPets') },
  '/pets': { get: operation('findPets', [], 'other words'), post: operation('addPet', ['color']) },
};

/** A folder in memory, as the command works on one. */
class Folder {
  readonly files = new Map<string, string>();

  get record() {
    const text = this.files.get(RECORD_FILE);
    return text === undefined ? null : parseRecord(text);
  }

  async import(paths: object) {
    const read = readDescription(
      JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'Pets' },
        servers: [{ url: 'https://pets.example.com' }],
        paths,
      }),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { service, examples } = serviceOf(read.described, { names: namesIn(this.record) });
    const { exchanges } = await exchangesOf(service, examples);
    const generated = describedPackage(service, exchanges, {
      name: 'connector-pets',
      title: 'Pets',
      version: '1',
      command: 'again',
    });
    const plan = planImport(generated, this.record, (path) => this.files.get(path), {});
    if (plan.edited.length === 0) for (const { path, text } of plan.write) this.files.set(path, text);
    return plan;
  }
}

describe('an import into a folder', () => {
  test('B17: a newer description changes what is generated and says what: names stay, files of the user stay', async () => {
    const folder = new Folder();
    const first = await folder.import(FIRST);
    expect(first.changes).toEqual({
      added: ['list-pets', 'add-pet', 'list-toys'],
      removed: [],
      changed: [],
      unchanged: 0,
    });
    expect((await folder.import(FIRST)).write).toEqual([]);

    const mine =
      "import { service } from './generated/service.ts';\nexport const own = { 'add-pet': class extends service.connector('add-pet') {} };\n";
    folder.files.set('src/own.ts', mine);
    folder.files.set('README.md', folder.files.get('README.md')!.replace('# Pets', '# Our pets'));
    folder.files.set('package.json', folder.files.get('package.json')!.replace('0.1.0', '2.0.0'));
    const second = await folder.import(SECOND);
    expect(second.changes).toEqual({
      added: ['list-pets-2'],
      removed: ['list-toys'],
      changed: ['add-pet'],
      unchanged: 1,
    });
    expect(second.edited).toEqual([]);
    expect(second.kept).toEqual(['package.json', 'src/own.ts']);
    expect(folder.files.get('src/own.ts')).toBe(mine);
    expect(folder.files.get('README.md')).toMatch(/^# Our pets[\s\S]*`pets-list-pets-2`/);
    expect(folder.files.get('README.md')).not.toContain('list-toys');
    expect(folder.files.get('src/generated/types.ts')).toContain('"list-pets-2"');
  });

  test('B17: a generated file that was changed by hand is not lost: it is named, and nothing is written', async () => {
    const folder = new Folder();
    await folder.import(FIRST);
    folder.files.set('src/generated/service.ts', '// mine');
    const before = new Map(folder.files);
    const { edited } = await folder.import(SECOND);
    expect(edited).toEqual(['src/generated/service.ts']);
    expect(folder.files).toEqual(before);
  });

  test('a record that is none is refused in words', () => {
    expect(() => parseRecord('{')).toThrow('no JSON');
    expect(() => parseRecord('{"format":2}')).toThrow('format');
  });
});
