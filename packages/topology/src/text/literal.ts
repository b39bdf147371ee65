// JSON values as TypeScript text: one way to write each value, safe wherever the text is shown.

/** Longest line, where a line can be broken. */
const WIDTH = 120;

/** Escaped although a string may hold them: controls, invisible and direction-changing characters, lone surrogates. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|<(?=[/!])/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** What stands at one place of the text, before it is known how far to the right. */
export type Doc = string | Group;

interface Group {
  readonly open: string;
  readonly close: string;
  /** Between the brackets and what is in them, on one line. */
  readonly padding: string;
  readonly entries: readonly Entry[];
  /** Never on one line. */
  readonly broken: boolean;
}

export interface Entry {
  /** Such as `name: `, or '' in an array. */
  readonly head: string;
  readonly doc: Doc;
}

/** On one line when it fits and may, else one entry per line. */
export function layOut(doc: Doc, indent = 0, column = indent): string {
  if (typeof doc === 'string') return doc;
  const { open, close, entries, broken } = doc;
  if (entries.length === 0) return open + close;
  const line = broken ? null : flat(doc);
  if (line !== null && !line.includes('\n') && column + line.length < WIDTH) return line;
  const inner = indent + 2;
  const lines = entries.map(({ head, doc: entry }) => `${' '.repeat(inner)}${layOutEntry(head, entry, inner)},\n`);
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
}

/** A string too long for the line of its name gets a line of its own, as formatters do it. */
function layOutEntry(head: string, doc: Doc, indent: number): string {
  const column = indent + head.length;
  if (typeof doc !== 'string') return head + layOut(doc, indent, column);
  const isLong = head.endsWith(': ') && !doc.startsWith('`') && column + doc.length >= WIDTH;
  return isLong ? `${head.trimEnd()}\n${' '.repeat(indent + 2)}${doc}` : head + doc;
}

function flat(doc: Doc): string {
  if (typeof doc === 'string') return doc;
  const inside = doc.entries.map(({ head, doc: entry }) => head + flat(entry)).join(', ');
  return inside === '' ? doc.open + doc.close : doc.open + doc.padding + inside + doc.padding + doc.close;
}

const isObject = (doc: Doc): boolean => typeof doc !== 'string' && doc.padding !== '' && doc.entries.length > 0;

/**
 * An object of several members that holds another object is broken even where it would fit, so that a member more or
 * less changes a line and not a paragraph.
 */
export function objectOf(entries: readonly Entry[], broken?: 'broken'): Doc {
  const deep = entries.length > 1 && entries.some(({ doc }) => isObject(doc));
  const inner = entries.some(({ doc }) => typeof doc !== 'string' && doc.broken);
  return { open: '{', close: '}', padding: ' ', entries, broken: broken !== undefined || deep || inner };
}

export function arrayOf(docs: readonly Doc[], broken?: 'broken'): Doc {
  const inner = docs.some((doc) => typeof doc !== 'string' && doc.broken);
  const entries = docs.map((doc) => ({ head: '', doc }));
  return { open: '[', close: ']', padding: '', entries, broken: broken !== undefined || inner };
}

export const entryOf = (name: string, doc: Doc): Entry => ({ head: `${keyOf(name)}: `, doc });

/** Put `before` and `after` around, as a call does. */
export function around(before: string, doc: Doc, after: string): Doc {
  if (typeof doc === 'string') return before + doc + after;
  return { ...doc, open: before + doc.open, close: doc.close + after };
}

/** Members of an object in alphabetical order: what is equal reads equal, whatever wrote it. */
export const sortedMembers = (value: object): [string, unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));

export function literalOf(value: unknown): Doc {
  if (typeof value === 'string')
    return value.includes('\n') && value.trim() !== '' ? templateOf(value) : stringOf(value);
  if (typeof value === 'number') return String(value).replace('e+', 'e');
  if (Array.isArray(value)) return arrayOf(value.map(literalOf));
  if (typeof value === 'object' && value !== null)
    return objectOf(sortedMembers(value).map(([name, member]) => entryOf(name, literalOf(member))));
  return String(value);
}

/** In the quotes that need fewer escapes. */
export function stringOf(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  const body = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(HIDDEN, escaped);
  return quote + body + quote;
}

/** Text of several lines stays text of several lines, so that a change of one is a change of one. */
function templateOf(text: string): string {
  const body = text
    .replace(/\\|`|\$(?=\{)/g, '\\$&')
    .replace(HIDDEN, (char) => (char === '\n' ? char : escaped(char)))
    .replace(/ (?=\n)/g, '\\x20'); // editors trim what ends a line
  return `\`${body}\``;
}

/** A member's name. `__proto__` would mean the prototype, were it not computed. */
function keyOf(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return IDENTIFIER.test(name) ? name : stringOf(name);
}

function escaped(char: string): string {
  const code = char.codePointAt(0)!;
  if (SHORT[char]) return SHORT[char];
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
