// A described service as a package.

import type { OperationData, ServiceData } from '@sluice/protocol';
import { Operation } from '@sluice/sdk';
import type { Exchange } from '../exchanges/exchange.ts';
import { shapeText } from '../plan/record.ts';
import { type About, aroundFiles, ownFile } from './around.ts';
import { GENERATED, jsonText, type PackageFile } from './file.ts';
import { type ReadmeFacts, readmeText } from './readme.ts';
import { typesFile } from './types-file.ts';

export interface GeneratedPackage {
  readonly files: readonly PackageFile[];
  readonly rows: ReadmeFacts['rows'];
  /** What an operation is found by in the next description, and what of it somebody could notice. */
  readonly operations: readonly { readonly endpoint: string; readonly name: string; readonly shape: string }[];
}

const SERVICE = `// ${GENERATED}

import { readFileSync } from 'node:fs';
import { DescribedApplication, describedService } from '@sluice/sdk';
import type { Operations } from './types.ts';

const data = JSON.parse(readFileSync(new URL('../../data/service.json', import.meta.url), 'utf8'));

export const service = describedService<Operations>(data);
export const application = new DescribedApplication(data);
`;

const endpointOf = ({ method, path }: OperationData): string => `${method} ${path}`;
const kindOf = ({ pages }: OperationData) => (pages ? ('batch' as const) : ('connector' as const));

export function describedPackage(
  service: ServiceData,
  exchanges: readonly Exchange[],
  about: About & { readonly command: string },
): GeneratedPackage {
  const { operations, definitions } = service;
  const rows = operations.map((one) => ({
    name: `${service.key}-${one.name}`,
    kind: kindOf(one),
    endpoint: endpointOf(one),
    ...(one.description === undefined ? {} : { description: one.description }),
  }));
  const typed = operations.map(({ answer: { kind }, ...one }) => ({
    ...one,
    ...(kind === 'json' || kind === 'location' ? {} : { gives: kind }),
  }));
  const facts = [
    ['Application', service.key],
    [
      'Authorisation',
      service.auth.map(({ name, proofs }) => `${name} (${proofs.map(({ kind }) => kind).join(' and ')})`).join(', ') ||
        'none',
    ],
    ['Address', service.baseUrl],
    ['Settings', service.forms.flatMap(({ fields }) => fields.map(({ label }) => label)).join(', ') || 'none'],
  ] as const;
  const generated = (path: string, text: string): PackageFile => ({ path, text, owner: 'generated' });
  const [first] = operations;
  return {
    files: [
      ...aroundFiles(about, []),
      ownFile(first && { name: first.name, list: first.pages !== undefined }),
      {
        path: 'README.md',
        text: readmeText({ title: service.name, facts, command: about.command, rows }),
        owner: 'yours',
      },
      generated('data/service.json', jsonText(service)),
      generated('data/exchanges.json', jsonText(exchanges)),
      generated('src/generated/service.ts', SERVICE),
      generated('src/generated/types.ts', typesFile(typed, definitions)),
    ],
    rows,
    operations: operations.map((one) => ({ endpoint: endpointOf(one), name: one.name, shape: shapeOf(one, service) })),
  };
}

/** With all that its schemas refer to. */
function shapeOf(about: OperationData, service: ServiceData): string {
  const { input, output } = new Operation(about, service);
  const { description: _, tags: __, ...rest } = about;
  return shapeText({ ...rest, input, output });
}
