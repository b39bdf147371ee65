import { type Described, readDescription, serviceOf } from '@sluice/openapi';
import { afterAll, describe, expect, test } from 'vitest';
import { exchangesOf } from '../exchanges/described.ts';
import { describedPackage } from '../package/described-package.ts';
import { callAll } from '../testing/calls.ts';
import { checkingServer } from '../testing/checking-server.ts';
import { type PackageFolder, packageFolder } from '../testing/package-folder.ts';

/** Ends of everything that a text could stand in. */
const EVIL =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not become one
  '*/ process.exit(7); /* `${process.exit(8)}` \'; process.exit(9); // " \\" \n\r\u2028\u2029 </script> <!-- /connectors --> | ``` ${}';

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'class',
  'default',
  '../../etc/passwd',
  'a/../b',
  'ünïcode ✓',
  '',
  ' ',
  EVIL,
  '🙂',
  '1st',
  'con',
  'body',
];

const hostile = (): Record<string, unknown> => ({
  openapi: '3.1.0',
  info: { title: EVIL, description: EVIL, version: '1' },
  servers: [
    {
      url: 'https://{a-b}.example.com/{c}',
      description: EVIL,
      variables: { 'a-b': { default: 'x', description: EVIL }, c: { enum: [EVIL, 'v1'], default: 'v1' } },
    },
  ],
  security: [{ key: [] }],
  paths: Object.fromEntries(
    NAMES.map((name, n) => [
      `/n${n}/{id}`,
      {
        post: {
          operationId: name,
          summary: EVIL,
          tags: [EVIL],
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: EVIL },
            { name: EVIL.slice(0, 20), in: 'query', schema: { enum: [EVIL] } },
            ...(name === '' ? [] : [{ name, in: 'query', schema: { type: 'string', description: EVIL } }]),
          ],
          requestBody: {
            content: {
              'application/json': { schema: { $ref: `#/components/schemas/s${n}` }, example: { [name]: EVIL } },
            },
          },
          responses: {
            200: {
              description: EVIL,
              content: { 'application/json': { schema: { $ref: `#/components/schemas/s${n}` }, example: EVIL } },
            },
          },
        },
      },
    ]),
  ),
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key', description: EVIL } },
    schemas: Object.fromEntries(
      NAMES.map((name, n) => [
        `s${n}`,
        {
          title: EVIL,
          type: 'object',
          properties: {
            [name]: { type: 'string', description: EVIL, enum: [EVIL, name] },
            self: { $ref: `#/components/schemas/s${n}` },
          },
        },
      ]),
    ),
  },
});

const read = (document: unknown): Described => {
  const described = readDescription(JSON.stringify(document));
  if (!described.ok) throw new Error(JSON.stringify(described.problems));
  return described.described;
};

describe('a description that means harm', () => {
  let folder: PackageFolder | undefined;
  afterAll(() => folder?.remove());

  test('B17: becomes text and data, never code: what is generated compiles, runs, and does what connectors do', async () => {
    const { service, problems, examples } = serviceOf(read(hostile()), { key: 'evil' });
    expect(problems).toEqual([]);
    expect(service.operations.length).toBe(NAMES.length);
    const names = service.operations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    const { exchanges, without } = await exchangesOf(service, examples);
    expect(without).toEqual([]);
    const about = {
      name: 'connector-evil',
      title: service.name,
      version: '0.1.0',
      command: 'sluice openapi import FILE',
    };
    const { files } = describedPackage(service, exchanges, about);
    for (const { path } of files) expect(path).toMatch(/^[\w.]+(\/[\w.-]+)*$/);
    // No file of code has a line that the description wrote.
    for (const { path, text } of files)
      if (path.endsWith('.ts')) {
        expect(text, path).not.toMatch(/[\u2028\u2029]|<\/script>/);
        for (const line of text.split('\n').map((one) => one.trim())) {
          expect(line, path).not.toMatch(/^process\.exit/);
          if (line.startsWith('/**')) expect(line.indexOf('*/'), path).toBe(line.length - 2);
        }
      }
    expect(files.find(({ path }) => path === 'README.md')!.text.match(/<!-- \/connectors -->/g)).toHaveLength(1);
    folder = packageFolder(files);
    expect(folder.compile()).toBe('');
    const { ok, says } = folder.test();
    expect(ok, says).toBe(true);
    const server = await checkingServer(hostile());
    const { wrong } = await callAll(service, server);
    await server.close();
    expect(wrong).toEqual([]);
    expect(server.problems).toEqual([]);
  }, 120_000);

  test('B17: schemas that go round, deep or wide make a sample that ends, or none with the reason', async () => {
    const wide = {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 60 }, (_, n) => [`p${n}`, { $ref: '#/components/schemas/wide' }]),
      ),
    };
    const endless = {
      type: 'object',
      properties: { next: { $ref: '#/components/schemas/endless' } },
      required: ['next'],
    };
    const turning = { $ref: '#/components/schemas/turning' };
    const paths = Object.fromEntries(
      ['wide', 'endless', 'turning'].map((name) => [
        `/${name}`,
        {
          get: {
            responses: {
              200: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
            },
          },
        },
      ]),
    );
    const { service } = serviceOf(
      read({ openapi: '3.1.0', info: { title: 'x' }, paths, components: { schemas: { wide, endless, turning } } }),
    );
    const { exchanges, without } = await exchangesOf(service, new Map());
    expect(exchanges.map(({ operation }) => operation)).toContain('get-wide');
    expect(without.map(({ operation }) => operation)).toContain('get-endless');
    expect(
      describedPackage(service, exchanges, { name: 'x', title: 'x', version: '0', command: '' }).files.length,
    ).toBeGreaterThan(5);
  });
});
