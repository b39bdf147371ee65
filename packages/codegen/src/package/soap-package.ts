// A SOAP service as a package.

import type { JsonSchema } from '@sluice/protocol';
import { describedSoap, type SoapServiceData, type Wsdl } from '@sluice/soap';
import type { Exchange } from '../exchanges/exchange.ts';
import { shapeText } from '../plan/record.ts';
import { literal } from '../text/escape.ts';
import { type About, aroundFiles, ownFile } from './around.ts';
import type { GeneratedPackage } from './described-package.ts';
import { GENERATED, jsonText, type PackageFile } from './file.ts';
import { readmeText } from './readme.ts';
import { soapEndpoint } from './soap-service.ts';
import { typesFile } from './types-file.ts';

/** A WSDL with what it imports, below `data/`: the first is the WSDL itself. */
export interface WsdlFile {
  readonly path: string;
  readonly text: string;
}

const serviceFile = (wsdl: string): string => `// ${GENERATED}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describedSoap, readWsdlFile } from '@sluice/soap';
import type { Operations } from './types.ts';

const data = new URL('../../data/', import.meta.url);
const wsdl = readWsdlFile(fileURLToPath(new URL(${literal(encodeURI(wsdl))}, data)));

export const service = describedSoap<Operations>(JSON.parse(readFileSync(new URL('service.json', data), 'utf8')), wsdl);
export const application = service.application();
`;

export function soapPackage(
  service: SoapServiceData,
  wsdl: Wsdl,
  sources: readonly WsdlFile[],
  exchanges: readonly Exchange[],
  about: About & { readonly command: string },
): GeneratedPackage {
  const { operations, application } = service;
  const described = describedSoap(service, wsdl);
  const definitions: Record<string, JsonSchema> = {};
  const schemas = operations.map((one) => {
    const { input, output, about: said } = described.operation(one.name);
    return { ...one, input, output, oneWay: said.oneWay };
  });
  const typed = schemas.map(({ name, description, input, output, oneWay }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    input: gathered(input, definitions),
    ...(oneWay ? { gives: 'none' as const } : { output: gathered(output, definitions) }),
  }));
  const rows = operations.map((one) => ({
    name: `${application.key}-${one.name}`,
    kind: 'connector' as const,
    endpoint: soapEndpoint(one),
    ...(one.description === undefined ? {} : { description: one.description }),
  }));
  const generated = (path: string, text: string): PackageFile => ({ path, text, owner: 'generated' });
  const [first] = operations;
  const facts = [
    ['Application', application.key],
    [
      'Authorisation',
      service.usernameToken ? 'WS-Security' : application.auth.map(({ name }) => name).join(', ') || 'none',
    ],
    ['Address', application.baseUrl],
  ] as const;
  return {
    files: [
      ...aroundFiles(about, ['@sluice/soap']),
      ownFile(first && { name: first.name, list: false }),
      {
        path: 'README.md',
        text: readmeText({ title: application.name, facts, command: about.command, rows }),
        owner: 'yours',
      },
      ...sources.map(({ path, text }) => generated(`data/${path}`, text)),
      generated('data/service.json', jsonText(service)),
      generated('data/exchanges.json', jsonText(exchanges)),
      generated('src/generated/service.ts', serviceFile(sources[0]!.path)),
      generated('src/generated/types.ts', typesFile(typed, definitions)),
    ],
    rows,
    operations: schemas.map(({ input, output, ...one }) => ({
      endpoint: soapEndpoint(one),
      name: one.name,
      shape: shapeText({ port: one.port, input, output }),
    })),
  };
}

/** Each schema brings its own definitions; here they are one table. */
function gathered(schema: JsonSchema, definitions: Record<string, JsonSchema>): JsonSchema {
  const { $defs, ...rest } = schema;
  const names = new Map<string, string>();
  for (const [name, one] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
    let free = name;
    for (let n = 2; Object.hasOwn(definitions, free) && JSON.stringify(definitions[free]) !== JSON.stringify(one); n++)
      free = `${name}-${n}`;
    definitions[free] = one;
    names.set(name, free);
  }
  const text = JSON.stringify(rest).replaceAll(
    /"\$ref":"#\/\$defs\/([^"]+)"/g,
    (_all, name: string) => `"$ref":"#/$defs/${names.get(name) ?? name}"`,
  );
  return JSON.parse(text) as JsonSchema;
}
