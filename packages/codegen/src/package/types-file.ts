// The types of all operations, by name.

import type { JsonSchema } from '@sluice/protocol';
import { comment, literal } from '../text/escape.ts';
import { TypeWriter } from '../types/writer.ts';
import { GENERATED } from './file.ts';

export interface Typed {
  readonly name: string;
  readonly description?: string;
  readonly input: JsonSchema;
  /** Undefined where nothing is answered, or no JSON. */
  readonly output?: JsonSchema;
  /** What is answered instead of JSON. */
  readonly gives?: 'text' | 'bytes' | 'none';
}

const GIVES = { text: 'string', bytes: 'Uint8Array', none: 'undefined' } as const;

export function typesFile(operations: readonly Typed[], definitions: Readonly<Record<string, JsonSchema>>): string {
  const writer = new TypeWriter(definitions);
  const members = operations.map(({ name, description, input, output, gives }) => {
    const types = `{ readonly input: ${writer.type(input)}; readonly output: ${gives ? GIVES[gives] : writer.type(output)} }`;
    return `${description === undefined ? '' : `  /** ${comment(description)} */\n`}  readonly ${literal(name)}: ${types};`;
  });
  return [
    `// ${GENERATED}`,
    '',
    '/** Input and output of each operation; of a list, the output is an item. */',
    'export interface Operations {',
    ...members,
    '}',
    '',
    ...writer.declarations,
    '',
  ].join('\n');
}
