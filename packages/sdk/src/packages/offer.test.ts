import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { offerOf } from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-packages-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SDK = JSON.stringify(new URL('../index.js', import.meta.url).href);
const SOUND = `import { Application, CustomNode } from ${SDK};
class App extends Application { key = 'app'; name = 'App'; baseUrl = 'https://app.example.com'; }
class Step extends CustomNode { name = 'app-step'; process() {} }
export const applications = [new App()], steps = [new Step()];`;

let made = 0;
/** @returns its name */
function installed(code: string, more: object = { exports: './index.js' }): string {
  const name = `@acme/p${made++}`;
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'module', ...more }));
  writeFileSync(join(home, 'index.js'), code);
  return name;
}

describe('packages as an offer', () => {
  test('R14: what packages export is offered by one worker, and says which package it is of', async () => {
    const sdk = '^0.1.0';
    const name = installed(SOUND, { exports: './index.js', peerDependencies: { '@sluice/sdk': sdk } });
    const { applications, steps } = await offerOf([name], folder);
    expect(applications.map(({ key, package: origin }) => [key, origin])).toEqual([
      ['app', { name, version: '1.0.0', sdk }],
    ]);
    expect(steps.map((step) => step.name)).toEqual(['app-step']);
    expect(await offerOf([name], join(folder, 'below', 'it'))).toMatchObject({ steps: [{ name: 'app-step' }] });
  });

  test.each<[string, object]>([
    ['by conditions', { exports: { '.': { types: './index.d.ts', import: './index.js' } } }],
    ['by conditions without a path', { exports: { node: { default: './index.js' } } }],
    ['by main', { main: 'index.js' }],
    ['by nothing', {}],
  ])('the door of a package is named %s', async (_how, more) => {
    expect((await offerOf([installed(SOUND, more)], folder)).steps).toHaveLength(1);
  });

  test.each(['', '.', '..', '../other', '/etc', 'node:fs', '@acme', '@acme/', '@/a', 'a/b', 'a b', 'A', '@acme/../p0'])(
    '%j is no name of a package, and nothing is loaded',
    async (name) => {
      await expect(offerOf([name], folder)).rejects.toThrow(`"${name}" is not the name of an npm package`);
    },
  );

  test('everything that is wrong with packages is said at once', async () => {
    const own = 'export const applications = [{ key: "app" }], steps = [];';
    const names = [
      '@acme/absent',
      installed('export const nothing = 1;'),
      installed('export const applications = 5, steps = [];'),
      installed('throw new Error("no key in the environment");'),
      installed('export const ='),
      installed(own),
      installed(own, { exports: './index.js', peerDependencies: { '@sluice/sdk': '^9.0.0' } }),
      installed(SOUND, { exports: { './other': './index.js' } }),
      installed(SOUND, { exports: './gone.js' }),
    ];
    const message = await offerOf(names, folder).then(String, ({ message }: Error) => message);
    for (const words of [
      `"@acme/absent" is not installed in ${folder}: npm install @acme/absent`,
      `"${names[1]}" 1.0.0 is no connector package`,
      `"${names[2]}" 1.0.0 is no connector package`,
      `"${names[3]}" 1.0.0 cannot be loaded: no key in the environment`,
      `"${names[4]}" 1.0.0 cannot be loaded`,
      `"${names[5]}" 1.0.0 brings other things than applications and steps of this SDK`,
      'there is one copy (it says ^9.0.0)',
      `"${names[8]}" has nothing to import`,
    ])
      expect(message).toContain(words);
  });
});
