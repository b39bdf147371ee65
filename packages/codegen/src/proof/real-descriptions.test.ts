import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type ReadService, readDescription, serviceOf } from '@sluice/openapi';
import { afterAll, describe, expect, test } from 'vitest';
import { exchangesOf } from '../exchanges/described.ts';
import { describedPackage } from '../package/described-package.ts';
import { callAll } from '../testing/calls.ts';
import { checkingServer } from '../testing/checking-server.ts';
import { type PackageFolder, packageFolder } from '../testing/package-folder.ts';

const require = createRequire(import.meta.url);
const read = (file: string): { document: Record<string, unknown>; given: ReadService } => {
  const described = readDescription(readFileSync(require.resolve(file), 'utf8'));
  if (!described.ok) throw new Error(JSON.stringify(described.problems));
  return { document: described.described.document as Record<string, unknown>, given: serviceOf(described.described) };
};

const REAL = [
  ['Netlify, Swagger 2.0', '@netlify/open-api/dist/swagger.json', 181],
  ['Figma, OpenAPI 3.1 in YAML', '@figma/rest-api-spec/openapi/openapi.yaml', 54],
  ['Dialogporten, OpenAPI 3.0', '@digdir/dialogporten-schema/swagger.verified.json', 29],
  ['ReadMe, OpenAPI 3.1', '@readme/oas-examples/3.1/json/readme.json', 54],
  ['Star Trek, OpenAPI 3.0', '@readme/oas-examples/3.0/json/star-trek.json', 120],
] as const;

const about = (title: string) => ({
  name: 'connector-described',
  title,
  version: '0.1.0',
  command: 'sluice openapi import FILE',
});

describe('descriptions of services', () => {
  let folder: PackageFolder | undefined;
  afterAll(() => folder?.remove());

  test.each(REAL)(
    'B17: %s: all operations ask only what the description allows, and give what it promises; the package compiles',
    async (_, file, count) => {
      const { document, given } = read(file);
      const { service, problems } = given;
      expect(problems).toEqual([]);
      expect(service.operations.length).toBe(count);
      const server = await checkingServer(document);
      const { called, wrong, without } = await callAll(service, server);
      await server.close();
      expect(server.problems).toEqual([]);
      expect(wrong).toEqual([]);
      // One wants a document whose every part wants ten others.
      expect(without).toEqual(file.startsWith('@figma') ? ['get-file'] : []);
      expect(called.length + without.length).toBe(count);
      const made = packageFolder(describedPackage(service, [], about(service.name)).files);
      expect(made.compile()).toBe('');
      made.remove();
    },
    120_000,
  );

  test('B17: the package of a service compiles, and its own test plays an exchange for each connector', async () => {
    const { service, examples } = read('@readme/oas-examples/3.1/json/train-travel.json').given;
    const { exchanges, without } = await exchangesOf(service, examples);
    expect(without).toEqual([]);
    expect(exchanges.length).toBe(service.operations.length);
    // What the description shows is what is written down.
    expect(JSON.stringify(exchanges)).toContain('Berlin Hauptbahnhof');
    folder = packageFolder(describedPackage(service, exchanges, about(service.name)).files);
    expect(folder.compile()).toBe('');
    const { ok, says } = folder.test();
    expect(ok, says).toBe(true);
    expect(says).toContain(`# pass ${service.operations.length}`);
  }, 120_000);
});
