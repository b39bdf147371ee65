// What stands around generated code: a package as npm knows it, written once.

import { comment, literal } from '../text/escape.ts';
import { jsonText, type PackageFile } from './file.ts';

export interface About {
  /** Of the npm package. */
  readonly name: string;
  /** Of the service. */
  readonly title: string;
  /** Packages of the platform that it stands on. */
  readonly version: string;
}

const yours = (path: string, text: string): PackageFile => ({ path, text, owner: 'yours' });

export function aroundFiles({ name, title, version }: About, more: readonly string[]): PackageFile[] {
  const manifest = {
    name,
    version: '0.1.0',
    description: `Connectors for ${comment(title)}.`,
    keywords: ['sluice-connector'],
    type: 'module',
    engines: { node: '>=20.19' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist', 'data'],
    scripts: {
      build: 'tsc',
      start: 'node dist/main.js',
      test: 'tsc && node --test dist/exchanges.test.js',
    },
    ...(more.length > 0 && { dependencies: Object.fromEntries(more.map((one) => [one, version])) }),
    // One copy for all packages of a worker.
    peerDependencies: { '@sluice/sdk': `^${version}` },
    devDependencies: {
      '@sluice/sdk': version,
      '@sluice/testing': version,
      '@types/node': '20.19.43',
      typescript: '7.0.2',
    },
  };
  const compiler = {
    compilerOptions: {
      target: 'ES2023',
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      types: ['node'],
      rootDir: 'src',
      outDir: 'dist',
      declaration: true,
      strict: true,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
      skipLibCheck: true,
    },
    include: ['src'],
  };
  return [
    yours('package.json', jsonText(manifest)),
    yours('tsconfig.json', jsonText(compiler)),
    yours('.gitignore', 'node_modules\ndist\n'),
    yours('src/index.ts', INDEX),
    yours('src/main.ts', MAIN),
    yours('src/exchanges.test.ts', TEST),
  ];
}

const INDEX = `// What a worker offers: the application, and a connector for each operation.

import { own } from './own.ts';
import { application, service } from './generated/service.ts';

export const applications = [application];
export const steps = service.steps(application, own);
export type { Operations } from './generated/types.ts';
`;

const MAIN = `// Joins the platform at SLUICE_URL with SLUICE_TOKEN.

import { join } from '@sluice/sdk';
import { applications, steps } from './index.ts';

const link = join({ applications, steps });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void link.drain());
`;

const TEST = `// Each connector asks what the description says, and gives what is answered.

import { test } from 'node:test';
import { playExchanges } from '@sluice/testing/exchanges';
import { steps } from './index.ts';
import { own } from './own.ts';

const exchanges = new URL('../data/exchanges.json', import.meta.url);
// Connectors of your own have tests of their own.
for (const { title, run } of playExchanges({ steps, exchanges, except: Object.keys(own) })) test(title, run);
`;

/** @param example  an operation to show how one's own connector is made */
export function ownFile(example: { readonly name: string; readonly list: boolean } | undefined): PackageFile {
  const made = example?.list ? 'batch' : 'connector';
  const lines = example
    ? [
        '// An example, for the operation named in it:',
        '//',
        `//   class Mine extends service.${made}(${literal(example.name)}) {`,
        '//     protected override toInput(message: Message) {',
        '//       return { ...message.json<object>() } as never; // from the message to the input of the operation',
        '//     }',
        '//   }',
        '//',
        `//   export const own = { ${literal(example.name)}: Mine };`,
      ]
    : [];
  return yours(
    'src/own.ts',
    [
      '// Connectors of your own, by name of the operation: they are taken instead of those that are generated. This file is yours:',
      '// an import leaves it as it is.',
      ...lines,
      '',
      'export const own = {};',
      '',
    ].join('\n'),
  );
}
