// JSON as the library may have it. The library writes some values as markup: a message from outside must not write any.

import { Fail } from '@sluice/sdk';
import { escapeXml, forbiddenIn } from '../xml/write.ts';

const MAX_DEPTH = 100;
const NAME = /^(?:[\p{L}_][\p{L}\p{N}._-]*:)?[\p{L}_][\p{L}\p{N}._-]*$/u;
/** Members that the library takes as markup, or as declarations. */
const MARKUP = new Set(['_xml', '$xml', '_xmlns', '__proto__']);
const CDATA = '<![CDATA[';
const ATTRIBUTES = 'attributes';
const VALUE = '$value';
/** Where the library would write an element without content. */
const NIL = { [ATTRIBUTES]: { 'xsi:nil': 'true' } };

/**
 * A copy in which every text is text and every member is an element, an attribute or a value.
 * @param style  the library does not escape attributes of the parts of an rpc call
 * @throws Fail with the path of what cannot be sent
 */
export function sendable(input: unknown, style: 'document' | 'rpc'): unknown {
  const copy = copied(input, '', 0);
  if (style === 'document' || typeof copy !== 'object' || copy === null || Array.isArray(copy)) return copy;
  return Object.fromEntries(Object.entries(copy).map(([name, part]) => [name, rpcPart(part)]));
}

function rpcPart(part: unknown): unknown {
  if (part === null) return NIL;
  if (typeof part !== 'object' || Array.isArray(part)) return part;
  const { [ATTRIBUTES]: attributes, ...rest } = part as Record<string, unknown>;
  if (attributes === undefined) return part;
  const escaped = Object.entries(attributes as Record<string, unknown>).map(([name, value]) => [
    name,
    escapeXml(String(value)),
  ]);
  return { ...rest, [ATTRIBUTES]: Object.fromEntries(escaped) };
}

function copied(value: unknown, path: string, depth: number): unknown {
  const where = path === '' ? 'The input' : `"${path}" of the input`;
  if (depth > MAX_DEPTH) throw new Fail(`The input of a SOAP call is nested deeper than ${MAX_DEPTH} levels.`);
  switch (typeof value) {
    case 'string':
      return copiedText(value, where);
    case 'number':
      if (Number.isNaN(value)) return 'NaN';
      return Number.isFinite(value) ? value : value > 0 ? 'INF' : '-INF';
    case 'bigint':
      return String(value);
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      break;
    default:
      throw new Fail(`${where} is a ${typeof value}, which cannot be sent by SOAP.`);
  }
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value))
    return value.map((item, index) => (item === null ? NIL : copied(item, `${path}[${index}]`, depth + 1)));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const inner = path === '' ? name : `${path}.${name}`;
      if (name === ATTRIBUTES) return [name, copiedAttributes(member, inner)];
      if (name !== VALUE && (MARKUP.has(name) || !NAME.test(name)))
        throw new Fail(`${where} has a member "${name.slice(0, 100)}", which is no name of an element.`);
      return [name, copied(member, inner, depth + 1)];
    }),
  );
}

function copiedText(text: string, where: string): string {
  const forbidden = forbiddenIn(text);
  if (forbidden) throw new Fail(`${where} holds the character ${forbidden}, which XML cannot hold.`);
  return literal(text);
}

/** The library sends a text that looks like CDATA as it is: such a text is put into CDATA as a whole. */
export function literal(text: string): string {
  return text.startsWith(CDATA) ? `${CDATA}${text.replaceAll(']]>', `]]]]>${CDATA}>`)}]]>` : text;
}

function copiedAttributes(attributes: unknown, path: string): Record<string, string | object> {
  const of = (value: unknown, name: string): string => {
    if (value === null || typeof value === 'object')
      throw new Fail(`"${path}.${name}" of the input must be a text, a number or a boolean: it is an attribute.`);
    const text = String(value);
    if (text.startsWith(CDATA))
      throw new Fail(`"${path}.${name}" of the input begins with "${CDATA}", which no attribute can.`);
    return copiedText(text, `"${path}.${name}" of the input`);
  };
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes))
    throw new Fail(`"${path}" of the input must be an object: attributes by name.`);
  const all = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    all.map(([name, value]) => {
      if (name === 'xsi_type') return [name, xsiType(value, path)];
      if (!NAME.test(name) || name === '__proto__')
        throw new Fail(`"${name.slice(0, 100)}" in "${path}" is no name of an attribute.`);
      return [name, of(value, name)];
    }),
  );
}

/** The type that stands for a declared one: `{type, xmlns}`. */
function xsiType(value: unknown, path: string): object {
  const parts = Object.entries((value ?? {}) as Record<string, unknown>);
  const isPlain = ([, text]: [string, unknown]): boolean => typeof text === 'string' && !/[<>"&\s]/.test(text);
  if (parts.length > 0 && parts.every(isPlain)) return Object.fromEntries(parts);
  throw new Fail(`"${path}.xsi_type" of the input must be {type, xmlns}, the name of a type and its namespace.`);
}
