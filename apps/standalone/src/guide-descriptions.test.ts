// The guide on descriptions: its files written, its commands run, as they stand there; and what the commands refuse.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guide, type PlayedGuide, playGuide, ROOT } from './testing/guide.ts';

const PAGE = 'connectors-from-descriptions.md';
const BIN = join(ROOT, 'packages', 'cli', 'bin', 'sluice.js');

describe('the guide on connectors from descriptions', () => {
  let played: PlayedGuide;
  const sluice = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], { cwd: played.folder, encoding: 'utf8' });

  beforeAll(async () => {
    played = await playGuide(PAGE, { port: '8080' });
  }, 180_000);
  afterAll(async () => {
    await played?.end();
  });

  test('B17: what the guide says is printed is printed, by the import and by the next one', () => {
    expect(played.code, played.said()).toBe(0);
    const printed = [...guide(PAGE).matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
    expect(printed).toHaveLength(2);
    for (const text of printed) expect(played.said()).toContain(text);
  });

  test('B17: a served description is an application in the store, its connectors are in the editor', async () => {
    const { client } = played.platform;
    const workers = (await client.workers.list()).items;
    const actions = workers.find(({ name }) => name === 'pets')!.manifest!.actions;
    expect(actions.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'batch pets-list-pets',
      'connector pets-create-pet',
    ]);
    expect(actions[1]).toMatchObject({
      application: 'pets',
      description: 'Take in a pet',
      input: { required: ['body'], $defs: { PetInput: { required: ['name'] } } },
      output: { $ref: '#/$defs/Pet' },
    });
  });

  test('B17: a connector of your own, as the guide shows it, compiles against the generated types', () => {
    const own = /^```ts\n([\s\S]*?)^```$/m.exec(guide(PAGE))![1]!;
    writeFileSync(join(played.folder, 'pets', 'src', 'own.ts'), own);
    const compiler = join(ROOT, 'node_modules', 'typescript-7', 'bin', 'tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler], {
      cwd: join(played.folder, 'pets'),
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
    const { status: again } = sluice('openapi', 'import', 'pets.yaml', '--out', 'pets');
    expect(again).toBe(0);
    expect(readFileSync(join(played.folder, 'pets', 'src', 'own.ts'), 'utf8')).toBe(own);
  });

  test('B17: what cannot be read is refused with every place of it, and nothing is written', () => {
    const broken = {
      openapi: '3.0.0',
      paths: {
        '/a': {
          get: { parameters: [{ in: 'query' }, 7], responses: { 200: { $ref: '#/components/responses/none' } } },
        },
        '/b': {
          post: {
            requestBody: { content: { 'application/json': { schema: { $ref: 'https://example.com/a.json' } } } },
          },
        },
      },
    };
    writeFileSync(join(played.folder, 'broken.json'), JSON.stringify(broken));
    writeFileSync(join(played.folder, 'bomb.yaml'), `a: &a [x,x]\nb: &b [${'*a,'.repeat(200)}]\n`);
    writeFileSync(join(played.folder, 'bomb.wsdl'), '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>');
    writeFileSync(join(played.folder, 'huge.json'), '{}');
    truncateSync(join(played.folder, 'huge.json'), 50 * 1024 * 1024);
    const refusals = [
      [
        ['openapi', 'import', 'broken.json'],
        [
          '/paths/~1a/get/parameters/0 ',
          '/paths/~1a/get/parameters/1 ',
          '/paths/~1a/get/responses/200 ',
          'outside of this document',
          '--lenient',
        ],
      ],
      [['openapi', 'import', 'bomb.yaml'], ['aliases']],
      [['openapi', 'import', 'huge.json'], ['52428800 bytes']],
      [['openapi', 'import', 'none.json'], ['none.json']],
      [['openapi', 'import', 'pets.yaml', '--key', '../../x'], ['--key']],
      [['openapi', 'import', 'pets.yaml', '--out', '.'], ['holds something already']],
      [['openapi', 'import', 'pets.yaml', '--auth', 'magic'], ['"key"']],
      [['openapi', 'import', 'pets.yaml', '--only', 'drop-*'], ['no operation']],
      [['wsdl', 'import', 'bomb.wsdl'], ['bomb.wsdl']],
      [['wsdl', 'import', 'pets.yaml'], ['no XML']],
    ] as const;
    for (const [args, says] of refusals) {
      const { status, stderr } = sluice(...args, ...(args.some((one) => one === '--out') ? [] : ['--out', 'nothing']));
      expect(status, `${args.join(' ')}: ${stderr}`).toBe(2);
      for (const text of says) expect(stderr).toContain(text);
    }
    expect(existsSync(join(played.folder, 'nothing'))).toBe(false);
    expect(sluice('openapi', 'import', 'broken.json', '--lenient', '--dry-run', '--out', 'nothing').stdout).toContain(
      'broken, and read as far as it goes',
    );
    const served = spawnSync(process.execPath, [BIN, 'openapi', 'serve', 'pets.yaml'], {
      cwd: played.folder,
      encoding: 'utf8',
      env: { ...process.env, SLUICE_URL: '', SLUICE_TOKEN: '' },
    });
    expect([served.status, served.stderr]).toEqual([3, expect.stringContaining('SLUICE_URL and SLUICE_TOKEN')]);
  }, 120_000);
});
