import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readWsdlFile } from '@sluice/soap';
import { afterAll, describe, expect, test } from 'vitest';
import { soapExchangesOf } from '../exchanges/soap.ts';
import { soapPackage } from '../package/soap-package.ts';
import { soapServiceOf } from '../package/soap-service.ts';
import { type PackageFolder, packageFolder } from '../testing/package-folder.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/wsdl/${name}.wsdl`, import.meta.url));
const about = (title: string) => ({
  name: 'connector-soap',
  title,
  version: '0.1.0',
  command: 'sluice wsdl import FILE',
});

async function packageOf(name: string, auth?: 'wsse') {
  const wsdl = readWsdlFile(fixture(name));
  const service = soapServiceOf(wsdl, { key: name, auth });
  const { exchanges, without } = await soapExchangesOf(service, wsdl);
  expect(without).toEqual([]);
  const sources = [{ path: `${name}.wsdl`, text: readFileSync(fixture(name), 'utf8') }];
  return { service, exchanges, ...soapPackage(service, wsdl, sources, exchanges, about(service.application.name)) };
}

describe('WSDL files of services', () => {
  let folder: PackageFolder | undefined;
  afterAll(() => folder?.remove());

  test.each([
    ['stock-quote', ['get-quote']],
    ['weather', ['get-weather-information', 'get-city-forecast-by-zip', 'get-city-weather-by-zip']],
    ['echo', ['my-operation']],
  ])('B17: %s: each operation is a connector with an exchange: envelope out, JSON in', async (name, operations) => {
    const { service, exchanges, files } = await packageOf(name);
    expect(service.operations.map((one) => one.name)).toEqual(operations);
    expect(service.application.forms[0]!.fields[0]).toMatchObject({
      key: 'server',
      default: expect.stringMatching(/^http/),
    });
    for (const { calls } of exchanges) {
      expect(calls[0]!.request.text).toContain('Envelope');
      expect(calls[0]!.outcome).toMatchObject({ kind: 'forward' });
    }
    const types = files.find(({ path }) => path === 'src/generated/types.ts')!.text;
    for (const operation of operations) expect(types).toContain(`readonly "${operation}": { readonly input: `);
  });

  test('B17: its package compiles, and its test plays the exchanges, with WS-Security as well', async () => {
    const { files } = await packageOf('weather', 'wsse');
    folder = packageFolder(files);
    expect(folder.compile()).toBe('');
    const { ok, says } = folder.test();
    expect(ok, says).toBe(true);
    expect(says).toContain('# pass 3');
  }, 120_000);
});
