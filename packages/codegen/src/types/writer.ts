// JSON Schemas as types of TypeScript. A type may say less than its schema, never something else: what is checked is the schema.

import type { JsonSchema } from '@sluice/protocol';
import { literal, member } from '../text/escape.ts';
import { typeName } from './names.ts';

type Schema = JsonSchema | boolean;

const MOST_DEPTH = 40;
const MOST_CHOICES = 200;
const REFERENCE = /^#\/\$defs\/(.+)$/;
const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

export class TypeWriter {
  readonly #definitions: Readonly<Record<string, JsonSchema>>;
  readonly #names = new Map<string, string>();
  readonly #declared = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(definitions: Readonly<Record<string, JsonSchema>>) {
    this.#definitions = definitions;
  }

  /** Declarations of all that types referred to so far. */
  get declarations(): readonly string[] {
    return [...this.#declared].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  }

  type(schema: Schema | undefined, depth = 0): string {
    if (schema === undefined || schema === true || typeof schema !== 'object')
      return schema === false ? 'never' : 'unknown';
    if (depth > MOST_DEPTH) return 'unknown';
    const parts: string[] = [];
    const { $ref, allOf, oneOf, anyOf } = schema;
    if (typeof $ref === 'string') parts.push(this.#referred($ref));
    const own = this.#own(schema, depth);
    if (own !== 'unknown') parts.push(own);
    if (Array.isArray(allOf)) parts.push(...allOf.map((one) => this.type(one as Schema, depth + 1)));
    for (const choices of [oneOf, anyOf])
      if (Array.isArray(choices) && choices.length > 0)
        parts.push(union(choices.slice(0, MOST_CHOICES).map((one) => this.type(one as Schema, depth + 1))));
    return intersection(parts);
  }

  #referred(reference: string): string {
    const key = REFERENCE.exec(reference)?.[1];
    if (key === undefined || !Object.hasOwn(this.#definitions, key)) return 'unknown';
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = typeName(key, this.#taken);
    this.#names.set(key, name);
    const type = this.type(this.#definitions[key]);
    // One that is nothing but itself again is anything.
    this.#declared.set(name, `export type ${name} = ${type === name ? 'unknown' : type};`);
    return name;
  }

  #own(schema: JsonSchema, depth: number): string {
    if ('const' in schema) return valueType(schema['const']);
    const { type, enum: choices } = schema;
    if (Array.isArray(choices))
      return choices.length === 0 || choices.length > MOST_CHOICES ? 'unknown' : union(choices.map(valueType));
    const types = [type].flat().filter((one): one is string => typeof one === 'string');
    if (types.length > 0) return union(types.map((one) => this.#typed(one, schema, depth)));
    if (schema['properties'] !== undefined) return this.#object(schema, depth);
    return schema['items'] !== undefined ? this.#list(schema, depth) : 'unknown';
  }

  #typed(type: string, schema: JsonSchema, depth: number): string {
    if (type === 'object') return this.#object(schema, depth);
    if (type === 'array') return this.#list(schema, depth);
    return Object.hasOwn(PLAIN, type) ? PLAIN[type]! : 'unknown';
  }

  #list({ items, prefixItems }: JsonSchema, depth: number): string {
    if (Array.isArray(prefixItems)) return 'readonly unknown[]';
    return `readonly (${this.type(items as Schema | undefined, depth + 1)})[]`;
  }

  /** Other members may be there unless the schema says no: they can be read, as unknown. */
  #object(schema: JsonSchema, depth: number): string {
    const { properties, required, additionalProperties } = schema;
    const names = Array.isArray(required) ? new Set(required) : new Set();
    const members = Object.entries((properties ?? {}) as Record<string, Schema>).map(
      ([name, value]) => `readonly ${member(name)}${names.has(name) ? '' : '?'}: ${this.type(value, depth + 1)}`,
    );
    if (members.length > 0) return `{ ${members.join('; ')} }`;
    return typeof additionalProperties === 'object' && additionalProperties !== null
      ? `Readonly<Record<string, ${this.type(additionalProperties as JsonSchema, depth + 1)}>>`
      : 'Readonly<Record<string, unknown>>';
  }
}

function valueType(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  if (value === null || typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : 'unknown';
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  if (distinct.includes('unknown') || distinct.length === 0) return 'unknown';
  return distinct.length === 1 ? distinct[0]! : `(${distinct.join(' | ')})`;
}

function intersection(types: readonly string[]): string {
  const distinct = [...new Set(types)].filter((type) => type !== 'unknown');
  if (distinct.length === 0) return 'unknown';
  return distinct.length === 1 ? distinct[0]! : `(${distinct.join(' & ')})`;
}
