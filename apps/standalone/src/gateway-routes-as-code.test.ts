// Routes in files, by the command: plan computes, apply acts.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CommandLine, commandLine } from './testing/command-line.ts';
import { type TestPlatform, testPlatform } from './testing/platform.ts';

vi.setConfig({ testTimeout: 180_000 });

const STATUS = `
name: status
path: /shop/status
methods: [GET]
access: { public: anybody may know }
target: { kind: upstream, url: "http://127.0.0.1:1/" }
`;
const ORDERS = {
  name: 'orders',
  path: '/shop/orders',
  methods: ['POST'],
  access: { scopes: ['orders'] },
  target: { kind: 'unbound' },
};

describe('routes as code', () => {
  let p: TestPlatform;
  let folder: string;
  let sluice: CommandLine;
  const write = (file: string, text: string | object): void =>
    writeFileSync(join(folder, file), typeof text === 'string' ? text : JSON.stringify(text));
  const routes = async (): Promise<string[]> =>
    (await p.client.gateway.routes.list()).items.map(
      ({ name, version, enabled }) => `${name} v${version}${enabled ? '' : ' disabled'}`,
    );

  beforeAll(async () => {
    p = await testPlatform();
    folder = join(p.directory, 'routes');
    mkdirSync(folder);
    const run = commandLine(p);
    sluice = (...args) => run('gateway', ...args);
    write('status.yaml', STATUS);
    write('more.json', [ORDERS]);
  });
  afterAll(() => p.close());

  test('a plan is what apply does, and the same folder again is nothing to do', async () => {
    const plan = join(p.directory, 'first.plan.json');
    const planned = await sluice('routes', 'plan', folder, '--out', plan);
    expect(planned.out).toContain('+ create orders: POST /shop/orders → unbound');
    expect(planned.out).toContain('2 to create; 0 as they should be.');
    expect(await routes()).toEqual([]);
    expect((await sluice('routes', 'apply', folder, '--dry-run')).out).toContain('nothing was changed');
    expect(await routes()).toEqual([]);
    expect(await sluice('routes', 'apply', plan)).toMatchObject({ code: 0 });
    expect(await routes()).toEqual(['orders v1', 'status v1']);
    expect((await sluice('routes', 'apply', folder)).out).toContain('Nothing to do; 2 as they should be.');
    expect(await routes()).toEqual(['orders v1', 'status v1']);
    const late = await sluice('routes', 'apply', plan);
    expect([late.code, late.err]).toEqual([2, expect.stringContaining('moved on')]);
  });

  test('what changed gets a new version, what is gone is left or retired as it is told', async () => {
    write('status.yaml', `${STATUS}summary: Whether the shop is open\n`);
    write('more.json', []);
    const left = await sluice('routes', 'apply', folder);
    expect(left.out).toContain('~ update status to v2');
    expect(left.out).toContain('left enabled: orders');
    expect(await routes()).toEqual(['orders v1', 'status v2']);
    await sluice('routes', 'apply', folder, '--retire');
    expect(await routes()).toEqual(['orders v1 disabled', 'status v2']);
    write('more.json', [ORDERS]);
    expect((await sluice('routes', 'apply', folder)).out).toContain('~ enable orders');
    expect(await routes()).toEqual(['orders v1', 'status v2']);
  });

  test('what is exported means the same', async () => {
    const out = join(p.directory, 'exported');
    expect((await sluice('routes', 'export', out)).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['orders.yaml', 'status.yaml']);
    expect(readFileSync(join(out, 'status.yaml'), 'utf8')).toContain('summary: Whether the shop is open');
    expect((await sluice('routes', 'plan', out)).out).toContain('Nothing to do; 2 as they should be.');
  });

  test('all that is wrong in all files is named, and nothing is changed', async () => {
    const bad = join(p.directory, 'bad');
    mkdirSync(bad);
    writeFileSync(join(bad, 'a.yaml'), 'name: A\npath: nowhere\n');
    writeFileSync(join(bad, 'b.yaml'), 'name: [');
    writeFileSync(join(bad, 'c.yaml'), STATUS);
    writeFileSync(join(bad, 'd.json'), JSON.stringify([ORDERS, { ...ORDERS, name: 'status' }]));
    const { code, err } = await sluice('routes', 'plan', bad);
    expect(code).toBe(2);
    for (const said of [
      /a\.yaml: name must be/,
      /a\.yaml: path must be/,
      /b\.yaml: /,
      /d\.json: "status" is in .*c\.yaml/,
    ])
      expect(err).toMatch(said);
  });

  test('a description is imported from a YAML file, and says what waits for a target', async () => {
    const file = join(p.directory, 'pets.yaml');
    writeFileSync(
      file,
      'openapi: 3.1.0\ninfo: { title: Pets }\npaths: { /pets: { get: { operationId: listPets } } }\n',
    );
    const { code, out } = await sluice('import', file);
    expect([code, out]).toEqual([0, expect.stringContaining('1 lead nowhere yet and answer 501: list-pets')]);
    expect((await sluice('routes', 'list')).out).toMatch(/list-pets +enabled +1 +GET +\/pets +unbound/);
    await sluice('routes', 'disable', 'list-pets');
    await sluice('routes', 'remove', 'list-pets');
    expect((await sluice('routes', 'show', 'list-pets')).err).toContain('gateway.route_unknown');
  });
});
