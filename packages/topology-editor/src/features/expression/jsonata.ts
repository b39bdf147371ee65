// JSONata for reading: enough of its words to colour them and to offer its functions. Nothing is evaluated here.

import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { StreamLanguage, type StringStream } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

const FUNCTIONS =
  'sum count max min average append exists spread merge reverse each error assert type sort shuffle distinct zip map filter single reduce sift keys lookup string number boolean not length substring substringBefore substringAfter lowercase uppercase trim pad match contains replace split join formatNumber formatBase formatInteger parseInteger abs floor ceil round power sqrt random now millis fromMillis toMillis base64encode base64decode encodeUrl encodeUrlComponent decodeUrl decodeUrlComponent eval clone'.split(
    ' ',
  );

function token(stream: StringStream): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^\/\*[\s\S]*?(\*\/|$)/)) return 'comment';
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
  if (stream.match(/^`[^`]*`?/)) return 'propertyName';
  if (stream.match(/^-?\d+(\.\d+)?([eE][+-]?\d+)?/)) return 'number';
  if (stream.match(/^\$\$?[A-Za-z_]\w*(?=\s*\()/)) return 'variableName.function';
  if (stream.match(/^\$\$?\w*/)) return 'variableName.special';
  if (stream.match(/^(and|or|in|function|true|false|null)\b/)) return 'keyword';
  if (stream.match(/^[A-Za-z_]\w*/)) return 'propertyName';
  if (stream.match(/^[{}[\]()]/)) return 'bracket';
  if (stream.match(/^(:=|\.\.|!=|<=|>=|~>|\*\*|[.+\-*/%|=<>^?:;,&@#])/)) return 'operator';
  stream.next();
  return null;
}

const language = StreamLanguage.define({ name: 'jsonata', token });

/** Roots of every expression, and the members that the sample has below them. */
export function jsonata(sample: () => unknown): Extension {
  const complete = (context: CompletionContext): CompletionResult | null => {
    const path = context.matchBefore(/[\w$.]+/);
    if (!path && !context.explicit) return null;
    const parts = (path?.text ?? '').split('.');
    const last = parts.pop() ?? '';
    const from = (path?.to ?? context.pos) - last.length;
    if (last.startsWith('$'))
      return {
        from,
        options: FUNCTIONS.map((name) => ({ label: `$${name}`, type: 'function', apply: `$${name}(` })),
      };
    let value: unknown = sample();
    for (const part of parts) {
      if (Array.isArray(value)) value = value[0];
      value = (value as Record<string, unknown> | null | undefined)?.[part];
    }
    if (Array.isArray(value)) value = value[0];
    const members = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const roots = parts.length === 0 ? ['body', 'headers', 'user'] : [];
    return { from, options: [...new Set([...roots, ...members])].map((label) => ({ label, type: 'property' })) };
  };
  return [language, autocompletion({ override: [complete], icons: false })];
}
