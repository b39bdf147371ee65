// Which types the members of an object may have, as far as its schema says so: by name, by reference, by examples.

import type { JsonSchema } from './json-schema.ts';

export interface PropertyType {
  readonly own: ReadonlySet<string>;
  /** Of the items, where it may be a list. */
  readonly items: ReadonlySet<string>;
}
export type PropertyTypes = ReadonlyMap<string, PropertyType>;

type Part = Readonly<Record<string, unknown>>;

const NONE: ReadonlySet<string> = new Set();

/** @param schema  one that has been compiled: its references lead to something in it */
export function propertyTypesOf(schema: JsonSchema | undefined): PropertyTypes {
  if (!isPart(schema)) return new Map();
  return new Map(
    Object.entries(isPart(schema['properties']) ? schema['properties'] : {}).map(([name, property]) => {
      const parts = partsOf(property, schema);
      const items = parts.flatMap(({ items: one }) => partsOf(one, schema));
      return [name, { own: typesIn(parts), items: items.length === 0 ? NONE : typesIn(items) }];
    }),
  );
}

/** The schema, what it refers to and what it is put together from; each once. */
function partsOf(schema: unknown, root: Part, found: Set<Part> = new Set()): Part[] {
  if (!isPart(schema) || found.has(schema)) return [];
  found.add(schema);
  const { $ref, allOf, anyOf, oneOf } = schema;
  const next = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  if (typeof $ref === 'string') next.push(referred($ref, root));
  for (const one of next) partsOf(one, root, found);
  return [...found];
}

function typesIn(parts: readonly Part[]): Set<string> {
  const types = new Set<string>();
  for (const part of parts) {
    for (const type of [part['type'] ?? []].flat()) types.add(String(type));
    if (part['type'] !== undefined) continue;
    const examples = [
      ...(Array.isArray(part['enum']) ? part['enum'] : []),
      ...('const' in part ? [part['const']] : []),
    ];
    for (const example of examples) types.add(typeof example);
  }
  return types;
}

/** By a JSON Pointer; an anchor says no type. */
function referred($ref: string, root: Part): unknown {
  if (!$ref.startsWith('#/')) return $ref === '#' ? root : undefined;
  let at: unknown = root;
  for (const step of decodeURIComponent($ref.slice(2)).split('/'))
    at = isPart(at) || Array.isArray(at) ? (at as Part)[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  return at;
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);
