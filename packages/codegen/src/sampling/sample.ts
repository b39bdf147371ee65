// A value that a schema takes. Several are tried until one is valid, since the parts of a schema may want different things.

import { dereference, type Schema, validate } from '@cfworker/json-schema';
import type { Json, JsonSchema } from '@sluice/protocol';
import { sampleText } from './strings.ts';

type Definitions = Readonly<Record<string, JsonSchema>>;
type Validate = (value: unknown) => boolean;

/** How much is made: all members as deep as this, and which alternatives are taken. */
interface Plan {
  readonly depth: number;
  readonly choice: number;
}

const PLANS: readonly Plan[] = [
  { depth: 1, choice: 0 },
  { depth: 0, choice: 0 },
  { depth: 1, choice: 1 },
  { depth: 0, choice: 1 },
  { depth: 0, choice: 2 },
  { depth: 2, choice: 3 },
  // Of many alternatives some are alike, and only one may fit.
  ...[4, 5, 6, 8, 10, 12].map((choice) => ({ depth: 0, choice })),
];
const MOST_DEPTH = 30;
const DEFINITIONS = 'https://definitions.invalid/';
/** Values of one sample; what is larger shows nothing more. */
const MOST_VALUES = 3_000;
const REFERENCE = /^#\/\$defs\/(.+)$/;

/** Values are checked without compiling anything: each schema is asked once. */
export class Sampler {
  readonly #definitions: Definitions;
  readonly #lookup: Record<string, Schema | boolean>;
  #values = 0;
  #schemas = 0;

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
    this.#lookup = dereference({ $id: DEFINITIONS, $defs: rebased(definitions) } as Schema);
  }

  validator(schema: JsonSchema): Validate {
    const own = rebased(schema) as Schema;
    const lookup = dereference(
      own,
      Object.create(this.#lookup),
      new URL(`https://operation.invalid/${++this.#schemas}`),
    );
    return (value) => {
      try {
        return value !== undefined && validate(value, own, '2020-12', lookup).valid;
      } catch {
        // A schema that is none of its dialect refuses everything, here and when a connector runs.
        return false;
      }
    };
  }

  /**
   * @param shown  what the description shows; taken when it is valid
   * @returns undefined when none of the trials is valid
   */
  sample(schema: JsonSchema, shown?: unknown): Json | undefined {
    const isValid = this.validator(schema);
    if (shown !== undefined && isValid(shown)) return shown as Json;
    for (const plan of PLANS) {
      this.#values = 0;
      const value = this.#value(schema, plan, 0);
      if (isValid(value)) return value;
    }
    return undefined;
  }

  #value(given: unknown, plan: Plan, depth: number): Json {
    const schema = this.#merged(given, plan, 0);
    if (++this.#values > MOST_VALUES && depth > 1) return null;
    if ('const' in schema) return schema['const']!;
    const { enum: choices, examples, default: usual } = schema;
    if (Array.isArray(choices)) return (choices[plan.choice % choices.length] ?? choices[0] ?? null) as Json;
    if (Array.isArray(examples) && examples.length > 0 && plan.choice === 0) return examples[0] as Json;
    if (usual !== undefined && plan.choice === 0) return usual;
    switch (typeOf(schema)) {
      case 'string':
        return sampleText(schema);
      case 'integer':
      case 'number':
        return sampleNumber(schema);
      case 'boolean':
        return true;
      case 'array':
        return this.#list(schema, plan, depth);
      case 'object':
        return this.#object(schema, plan, depth);
      default:
        return null;
    }
  }

  #list({ items, minItems, prefixItems, uniqueItems }: JsonSchema, plan: Plan, depth: number): Json {
    const least = typeof minItems === 'number' ? Math.min(minItems, 100) : 0;
    if (depth > MOST_DEPTH) return [];
    if (Array.isArray(prefixItems)) return prefixItems.map((one) => this.#value(one, plan, depth + 1));
    if (items === undefined) return [];
    const count = Math.max(least, depth <= plan.depth + 1 ? 1 : 0);
    return Array.from({ length: count }, (_, n) => {
      const one = this.#value(items, uniqueItems === true ? { ...plan, choice: plan.choice + n } : plan, depth + 1);
      return uniqueItems === true && n > 0 && typeof one !== 'object' ? distinct(one, n) : one;
    });
  }

  #object(schema: JsonSchema, plan: Plan, depth: number): Json {
    const { properties, required, additionalProperties, minProperties } = schema;
    const known = (properties ?? {}) as Record<string, JsonSchema>;
    const wanted = new Set(Array.isArray(required) ? required.map(String) : []);
    if (depth > MOST_DEPTH) return {};
    const names = Object.keys(known).filter((name) => wanted.has(name) || depth < plan.depth);
    for (const name of wanted) if (!Object.hasOwn(known, name)) names.push(name);
    const least = typeof minProperties === 'number' ? Math.min(minProperties, 20) : 0;
    for (const name of Object.keys(known)) if (names.length < least && !names.includes(name)) names.push(name);
    for (let n = 1; names.length < least; n++) names.push(`key${n}`);
    const of = (name: string) =>
      Object.hasOwn(known, name)
        ? known[name]
        : isSchema(additionalProperties)
          ? additionalProperties
          : { type: 'string' };
    return Object.fromEntries(names.map((name) => [name, this.#value(of(name), plan, depth + 1)]));
  }

  /** One schema of all that hold at once: references followed, an alternative chosen. */
  #merged(given: unknown, plan: Plan, hops: number): JsonSchema {
    if (!isSchema(given) || hops > MOST_DEPTH || ++this.#values > 3 * MOST_VALUES) return {};
    const { $ref, allOf, oneOf, anyOf, ...own } = given;
    let schema: JsonSchema = own;
    const name = typeof $ref === 'string' ? REFERENCE.exec($ref)?.[1] : undefined;
    if (name !== undefined && Object.hasOwn(this.#definitions, name))
      schema = together(schema, this.#merged(this.#definitions[name], plan, hops + 1));
    for (const part of Array.isArray(allOf) ? allOf : []) schema = together(schema, this.#merged(part, plan, hops + 1));
    for (const choices of [oneOf, anyOf]) {
      if (!Array.isArray(choices) || choices.length === 0) continue;
      const solid = choices.filter((one) => !isSchema(one) || one['type'] !== 'null');
      const from = solid.length > 0 ? solid : choices;
      schema = together(schema, this.#merged(from[plan.choice % from.length], plan, hops + 1));
    }
    return schema;
  }
}

function together(one: JsonSchema, other: JsonSchema): JsonSchema {
  const both = (key: string) => ({ ...(one[key] as object), ...(other[key] as object) }) as Json;
  const required = [...((one['required'] ?? []) as string[]), ...((other['required'] ?? []) as string[])];
  return {
    ...one,
    ...other,
    ...(one['properties'] || other['properties'] ? { properties: both('properties') } : {}),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  };
}

function typeOf(schema: JsonSchema): string | undefined {
  const types = [schema['type']].flat().filter((type): type is string => typeof type === 'string');
  const solid = types.find((type) => type !== 'null') ?? types[0];
  if (solid !== undefined) return solid;
  if (
    schema['properties'] !== undefined ||
    schema['required'] !== undefined ||
    schema['additionalProperties'] !== undefined
  )
    return 'object';
  if (schema['items'] !== undefined) return 'array';
  if (schema['pattern'] !== undefined || schema['minLength'] !== undefined || schema['format'] !== undefined)
    return 'string';
  return schema['minimum'] !== undefined ? 'number' : 'string';
}

function sampleNumber({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, type }: JsonSchema): number {
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : 1;
  const from =
    typeof exclusiveMinimum === 'number' ? exclusiveMinimum + step : typeof minimum === 'number' ? minimum : 1;
  const to =
    typeof exclusiveMaximum === 'number'
      ? exclusiveMaximum - step
      : typeof maximum === 'number'
        ? maximum
        : Number.POSITIVE_INFINITY;
  const value = Math.ceil(Math.min(Math.max(from, minimum === undefined && to < 1 ? to : from), to) / step) * step;
  return [type].flat().includes('integer') ? Math.ceil(value) : value;
}

const distinct = (value: Json, n: number): Json =>
  typeof value === 'number' ? value + n : typeof value === 'string' ? `${value}${n}` : value;

/** References lead into the common definitions. A copy: the validator puts marks on what it reads. */
function rebased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebased);
  if (!isSchema(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string' ? `${DEFINITIONS}${member}` : rebased(member),
    ]),
  );
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
