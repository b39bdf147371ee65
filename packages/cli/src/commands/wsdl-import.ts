// `sluice wsdl import`: a package of connectors, made of a WSDL.

import { namesIn, soapExchangesOf, soapPackage } from '@sluice/codegen';
import { recordIn, writePackage } from '../descriptions/folder.ts';
import { checkedFlags, type DescriptionFlags } from '../descriptions/options.ts';
import { version } from '../descriptions/version.ts';
import { readWsdl, sourcesOf } from '../descriptions/wsdl.ts';
import type { ImportFlags } from './openapi-import.ts';

export async function importWsdl(
  file: string,
  { out, name, dryRun, force, json, ...given }: ImportFlags,
): Promise<void> {
  const folder = out ?? given.key ?? readWsdl(file, checkedFlags(given)).service.application.key;
  const before = recordIn(folder);
  const flags = checkedFlags({ ...(before?.options as DescriptionFlags | undefined), ...given });
  const { wsdl, service } = readWsdl(file, flags, namesIn(before));
  const { key, name: title } = service.application;
  const { exchanges, without } = await soapExchangesOf(service, wsdl);
  const generated = soapPackage(service, wsdl, sourcesOf(wsdl), exchanges, {
    name: name ?? `connector-${key}`,
    title,
    version,
    command: `sluice wsdl import FILE --out ${folder}`,
  });
  const { only, ...kept } = flags;
  const options = { ...kept, key, ...(only ? { only: [...only] } : {}) };
  const notes = without.map(({ operation, reason }) => `without an exchange: ${operation} (${reason})`);
  writePackage(
    { folder, generated, before, options, notes },
    { ...(dryRun ? { dryRun } : {}), ...(force ? { force } : {}), ...(json ? { json } : {}) },
  );
}
