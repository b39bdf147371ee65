// A schema of a description as JSON Schema 2020-12 that stands alone: what it refers to comes along in `$defs`, cycles and all.

import { mayRunAway } from './patterns.ts';
import { below, isObject, type Problem } from './problem.ts';
import type { References } from './references.ts';

export type Schema = boolean | Record<string, unknown>;

/** Who sends it: a member that only the other side sends is not required of this one. */
export type Direction = 'request' | 'response';

/** Where definitions are put that several schemas of one direction refer to. */
export interface Reading {
  readonly references: References;
  readonly dialect: '3.0' | '3.1';
  readonly direction: Direction;
  /** Names in `$defs` by pointer; a definition is named before it is read, so a cycle finds it. */
  readonly names: Map<string, string>;
  readonly definitions: Record<string, unknown>;
  /** Behind every name. */
  readonly suffix: string;
  /** Whoever checks by these schemas has no linear patterns: those that may run away are left out, and named here. */
  readonly leftOut?: Problem[];
}

/** Say nothing about which values are valid, or say it to code generators only. */
const LEFT_OUT = new Set([
  'discriminator',
  'xml',
  'externalDocs',
  'example',
  'nullable',
  'readOnly',
  'writeOnly',
  'deprecated',
]);
const ONE = new Set([
  'not',
  'if',
  'then',
  'else',
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contentSchema',
]);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

export function readSchema(
  references: References,
  dialect: '3.0' | '3.1',
  direction: Direction,
  schema: unknown,
  pointer: string,
): Schema {
  const reading: Reading = { references, dialect, direction, names: new Map(), definitions: {}, suffix: '' };
  const read = readInto(reading, schema, pointer);
  if (typeof read === 'boolean' || Object.keys(reading.definitions).length === 0) return read;
  return { ...read, $defs: { ...(isObject(read['$defs']) ? read['$defs'] : {}), ...reading.definitions } };
}

/** A schema whose references lead into the definitions of the reading. */
export const readInto = (reading: Reading, schema: unknown, pointer: string): Schema =>
  converted(reading, schema, pointer);

function converted(reading: Reading, schema: unknown, pointer: string): Schema {
  if (typeof schema === 'boolean') return schema;
  if (!isObject(schema)) {
    reading.references.problems.push({ pointer, message: 'is no schema' });
    return true;
  }
  const { $ref } = schema;
  if (typeof $ref === 'string') {
    const name = referred(reading, $ref, pointer);
    const own = reading.dialect === '3.0' ? {} : members(reading, schema, pointer);
    return name === null ? true : { ...own, $ref: `#/$defs/${name}` };
  }
  return reading.dialect === '3.0'
    ? fromThreeZero(schema, members(reading, schema, pointer))
    : members(reading, schema, pointer);
}

/** @returns the name in `$defs`, or null when there is nothing to refer to */
function referred(reading: Reading, reference: string, from: string): string | null {
  const found = reading.references.find(reference, from);
  if (!found) return null;
  const known = reading.names.get(found.pointer);
  if (known !== undefined) return known;
  const plain = (found.pointer.split('/').at(-1) ?? '').replaceAll(/[^\w.-]/g, '_') || 'document';
  // A name that every object has would be no member of its own.
  const safe = `${plain === '__proto__' ? 'proto' : plain}${reading.suffix}`;
  let name = safe;
  for (let n = 2; Object.hasOwn(reading.definitions, name); n++) name = `${safe}-${n}`;
  reading.names.set(found.pointer, name);
  // Its place is taken first: what it refers to may refer back.
  reading.definitions[name] = true;
  reading.definitions[name] = converted(reading, found.value, found.pointer);
  return name;
}

function members(reading: Reading, schema: Record<string, unknown>, pointer: string): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    const at = below(pointer, key);
    if (key === '$ref' || key === '__proto__' || LEFT_OUT.has(key) || key.startsWith('x-')) continue;
    if (key === 'pattern' && reading.leftOut && mayRunAway(String(value)))
      reading.leftOut.push({ pointer: at, message: 'may take for ever to be checked; the service checks it alone' });
    else if (ONE.has(key)) out[key] = Array.isArray(value) ? value : converted(reading, value, at);
    else if (LISTS.has(key) && Array.isArray(value))
      out[key] = value.map((one, index) => converted(reading, one, below(at, index)));
    else if (MAPS.has(key) && isObject(value))
      out[key] = Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => name !== '__proto__')
          .map(([name, one]) => [name, converted(reading, one, below(at, name))]),
      );
    else out[key] = value;
  }
  const required = requiredOf(reading, schema);
  if (required !== undefined) out['required'] = required;
  return out;
}

function requiredOf({ direction, references }: Reading, { required, properties }: Record<string, unknown>): unknown {
  if (!Array.isArray(required) || !isObject(properties)) return required;
  const notMine = direction === 'request' ? 'readOnly' : 'writeOnly';
  return required.filter((name) => {
    const property = properties[String(name)];
    if (!isObject(property)) return true;
    const meant = typeof property['$ref'] === 'string' ? references.find(property['$ref'], '')?.value : property;
    return !isObject(meant) || meant[notMine] !== true;
  });
}

/** OpenAPI 3.0 has a dialect of its own, of an early draft. */
function fromThreeZero(schema: Record<string, unknown>, read: Record<string, unknown>): Record<string, unknown> {
  const out = { ...read };
  for (const side of ['Minimum', 'Maximum'] as const) {
    const exclusive = schema[`exclusive${side}`];
    if (typeof exclusive !== 'boolean') continue;
    delete out[`exclusive${side}`];
    const limit = side.toLowerCase();
    if (exclusive && out[limit] !== undefined) {
      out[`exclusive${side}`] = out[limit];
      delete out[limit];
    }
  }
  // Swagger 2.0 has files, and no word for null.
  if (out['type'] === 'file') Object.assign(out, { type: 'string', format: 'binary' });
  if (schema['nullable'] !== true && schema['x-nullable'] !== true) return out;
  if (Array.isArray(out['enum']) && !out['enum'].includes(null)) out['enum'] = [...out['enum'], null];
  if (typeof out['type'] === 'string') return { ...out, type: [out['type'], 'null'] };
  return { anyOf: [out, { type: 'null' }] };
}
