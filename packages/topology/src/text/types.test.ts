// What the compiler says of topologies as text: sound ones pass under all strictness, wrong ones are told where.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { toTypeScript } from '../index.ts';
import { arbitraryTopology } from '../testing/arbitrary.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  isolatedDeclarations: false,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/** What the compiler says of each text, as `line: message`. */
function complaints(texts: readonly string[]): string[][] {
  const files = new Map(texts.map((text, index) => [join(HERE, `sample-${index}.mts`), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version, true);
  };
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files.keys()].map((name) => {
    const file = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start, messageText }) => {
        const { line } = file.getLineAndCharacterOfPosition(start!);
        return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      },
    );
  });
}

describe('the types of the builder', () => {
  test('B6: what is printed is TypeScript that the builder accepts under strict', () => {
    const texts = fc.sample(arbitraryTopology({ maxNodes: 24 }), 150).map(toTypeScript);
    for (const [index, found] of complaints(texts).entries()) expect(found, texts[index]).toEqual([]);
  }, 120_000);

  const SOUND = `import { connector, custom, filter, router, start, topology } from '@sluice/topology/builder';

export default topology('order', {
  nodes: {
    order: start(),
    parse: custom({ worker: 'w', action: 'parse', settings: { prefetch: 4, repeat: { attempts: 3 } } }),
    big: filter({ settings: { condition: 'body.total > 100' } }),
  },
  connections: [
    ['order', 'parse'],
    ['parse', 'big', { when: 'true' }],
  ],
});
void [connector, router, start];
`;
  const WRONG: [string, string, string, RegExp][] = [
    ['a connection to no node', "'order', 'parse'", "'order', 'pasre'", /^10: .*"pasre".*"parse"/],
    ['a setting that is misspelt', 'prefetch: 4', 'prefetc: 4', /^6: .*prefetc.*prefetch/],
    ['a setting of another kind', 'prefetch: 4', "condition: 'true'", /^6: .*condition.* does not exist/],
    [
      'a setting of the wrong type',
      'prefetch: 4',
      "prefetch: '4'",
      /^6: Type 'string' is not assignable to type 'number'/,
    ],
    ['a member of a setting that is misspelt', 'attempts: 3', 'attemps: 3', /^6: .*attemps.*attempts/],
    ['a worker where none works', 'filter({ ', "filter({ worker: 'w', ", /^7: .*worker.* does not exist/],
    [
      'two nodes of one name',
      'big: filter',
      'parse: filter',
      /^7: An object literal cannot have multiple properties with the same name/,
    ],
    [
      'a node that is none',
      'order: start()',
      "order: 'start'",
      /^5: Type 'string' is not assignable to type 'Unnamed'/,
    ],
    ['a condition that is misspelt', "when: 'true'", "wen: 'true'", /^11: .*wen.*when/],
  ];

  test('what is wrong is an error where it is wrong, with the name that was meant', () => {
    const [sound, ...wrong] = complaints([SOUND, ...WRONG.map(([, right, instead]) => SOUND.replace(right, instead))]);
    expect(sound).toEqual([]);
    for (const [index, [what, , , expected]] of WRONG.entries()) expect(wrong[index]![0], what).toMatch(expected);
  }, 60_000);
});
