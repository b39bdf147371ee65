// Schemas inside of a description. Their own references begin at their own root, and in a description that is the whole
// document: a schema that refers to parts of itself becomes a component, and its references lead there.

import { sample } from 'openapi-sampler';

type Json = Record<string, unknown>;

/** Schemas that name themselves keep their own base, and need no rewriting. */
const OWN_BASE = ['$id', '$anchor', '$dynamicRef', '$dynamicAnchor'];
/** Values, not schemas: whatever looks like a reference in them is none. */
const VALUES = new Set(['const', 'enum', 'examples', 'example', 'default']);

export class SchemaShelf {
  readonly components: Record<string, unknown> = {};

  /** @param name  of the component, where it becomes one; letters, digits, `.`, `-` and `_` */
  put(name: string, schema: unknown): unknown {
    if (typeof schema !== 'object' || schema === null) return schema;
    const { $schema: _, ...plain } = schema as Json;
    if (!refersToItself(plain)) return plain;
    if (mentions(plain, OWN_BASE)) return '$id' in plain ? plain : { $id: `urn:sluice:schema:${name}`, ...plain };
    let key = name;
    for (let n = 2; Object.hasOwn(this.components, key); n++) key = `${name}-${n}`;
    this.components[key] = moved(plain, `#/components/schemas/${key}`);
    return { $ref: `#/components/schemas/${key}` };
  }

  /** A value that the schema takes: one that it names itself, or one that is made from it. Undefined when there is none. */
  example(schema: unknown): unknown {
    if (typeof schema !== 'object' || schema === null) return undefined;
    const { examples } = schema as Json;
    if (Array.isArray(examples) && examples.length > 0) return examples[0];
    try {
      return sample(schema as Json, { quiet: true, maxSampleDepth: 6 }, { components: { schemas: this.components } });
    } catch {
      // Schemas are the authors' own; one that no value can be made from is described without an example.
      return undefined;
    }
  }
}

const refersToItself = (schema: Json): boolean => mentions(schema, ['$ref', '$dynamicRef']);

function mentions(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => mentions(one, keys));
  return Object.entries(value).some(
    ([key, member]) =>
      (keys.includes(key) && typeof member === 'string') || (!VALUES.has(key) && mentions(member, keys)),
  );
}

function moved(value: unknown, root: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => moved(one, root));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key === '$ref' && typeof member === 'string' && /^#(?:\/|$)/.test(member))
        return [key, `${root}${member.slice(1)}`];
      return [key, VALUES.has(key) ? member : moved(member, root)];
    }),
  );
}
