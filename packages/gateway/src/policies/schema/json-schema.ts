// JSON Schema 2020-12, interpreted: nothing is evaluated, and no text of a client makes it slow.
//
// The library's own ways for three keywords are open to clients who choose what is slow, so a schema is rewritten before it is used:
//   pattern      becomes a format of ours, matched in linear time
//   uniqueItems  compares all with all, so only arrays within their `maxItems` come to it, and there must be one
//   format       gets a bound on the length of the text
// `patternProperties` cannot be rewritten; only patterns are taken that are quick in every engine.

import { dereference, format as formats, type OutputUnit, type Schema, validate } from '@cfworker/json-schema';
import type { PlacedProblem } from '@sluice/protocol';
import { isPlainPattern, linearPattern } from './linear-patterns.ts';

export type JsonSchema = boolean | Readonly<Record<string, unknown>>;
export type Check = (value: unknown) => readonly PlacedProblem[];

/** All of them are looked for; so many are said. */
const MOST_PROBLEMS = 50;
const MOST_UNIQUE = 1_000;
const MOST_DEPTH = 100;
const MOST_FORMAT_CHARACTERS = 4_000;
const ON_THE_WAY =
  /^(A subschema had errors|Items did not match|Property "|Instance does not match (every|"then"|"else"))/;
const PATTERN = 'sluice-pattern:';

/** Members that hold a schema, a list of them, or schemas by name. */
const ONE = [
  'not',
  'if',
  'then',
  'else',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'items',
  'unevaluatedItems',
  'contains',
];
const LIST = ['anyOf', 'allOf', 'oneOf', 'prefixItems'];
const NAMED = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];
const VALUES = new Set(['const', 'enum', 'required', 'dependentRequired']);
const KNOWN = new Set([
  ...ONE,
  ...LIST,
  ...NAMED,
  ...VALUES,
  ...[
    '$ref',
    '$anchor',
    'type',
    'format',
    'pattern',
    'minLength',
    'maxLength',
    'minimum',
    'maximum',
    'exclusiveMinimum',
  ],
  ...['exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains'],
  ...['minProperties', 'maxProperties'],
]);
const REFUSED = [
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
  '$recursiveAnchor',
  'additionalItems',
  'dependencies',
];
const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);

// The library looks formats up in this table, and has no other door for one's own. `url` is replaced: its pattern backtracks.
const bounded = (test: (text: string) => boolean) => (text: string) =>
  text.length <= MOST_FORMAT_CHARACTERS && test(text);
for (const [name, test] of Object.entries(formats)) formats[name] = bounded(name === 'url' ? formats.uri! : test);

/**
 * @param place  what the schema describes, for the problems
 * @throws Error saying where the schema is wrong
 */
export function compileSchema(schema: JsonSchema, place: PlacedProblem['in']): Check {
  const safe = rewritten(schema, '', 0) as Schema | boolean;
  const lookup = typeof safe === 'boolean' ? {} : dereference(safe);
  mustResolve(safe, lookup);
  return (value) => {
    try {
      const { valid, errors } = validate(value, safe as Schema, '2020-12', lookup, false);
      return valid ? [] : problemsOf(errors, place);
    } catch (error) {
      // More levels or problems than the stack has room for; a name that is half of a character.
      if (!(error instanceof RangeError || error instanceof URIError)) throw error;
      return [{ in: place, pointer: '', message: 'is too deep, has too many problems, or a name that is no text' }];
    }
  };
}

function rewritten(schema: unknown, at: string, depth: number): unknown {
  const wrong = (what: string): never => {
    throw new Error(`${at || '/'} ${what}`);
  };
  if (typeof schema === 'boolean') return schema;
  if (depth > MOST_DEPTH) wrong(`is deeper than ${MOST_DEPTH} levels`);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return wrong('must be a schema');
  // What is no keyword says nothing about a value, and the library would look for schemas in it.
  const made: Record<string, unknown> = Object.fromEntries(Object.entries(schema).filter(([name]) => KNOWN.has(name)));
  for (const name of REFUSED) if (name in schema) wrong(`has "${name}", which is not supported`);
  const { $ref, pattern, format, uniqueItems, maxItems, type } = made;
  if ($ref !== undefined && (typeof $ref !== 'string' || !$ref.startsWith('#')))
    wrong('has a $ref that leads out of the schema; only "#/…" is followed');
  if ('$id' in schema && depth > 0) wrong('has an $id of its own, which is not supported');
  for (const one of [type].flat())
    if (one !== undefined && !TYPES.has(one as string))
      wrong(`has the type ${JSON.stringify(one)}, which there is not`);
  const child = (value: unknown, name: string): unknown => rewritten(value, `${at}/${name}`, depth + 1);
  for (const name of ONE) if (name in made) made[name] = child(made[name], name);
  for (const name of LIST) {
    if (!(name in made)) continue;
    const list = made[name];
    if (!Array.isArray(list)) return wrong(`${name} must be a list`);
    made[name] = list.map((value, index) => child(value, `${name}/${index}`));
  }
  for (const name of NAMED) {
    if (!(name in made)) continue;
    const named = made[name];
    if (typeof named !== 'object' || named === null || Array.isArray(named)) return wrong(`${name} must be an object`);
    made[name] = Object.fromEntries(Object.entries(named).map(([key, value]) => [key, child(value, `${name}/${key}`)]));
  }
  for (const key of Object.keys((made.patternProperties as object | undefined) ?? {}))
    if (!isPlainPattern(key))
      wrong(`patternProperties "${key}" must begin with ^, have no groups and at most one repetition without end`);
  const more: unknown[] = [];
  if (typeof pattern === 'string') {
    delete made.pattern;
    try {
      formats[PATTERN + pattern] ??= linearPattern(pattern);
    } catch (error) {
      wrong((error as Error).message);
    }
    more.push({ format: PATTERN + pattern });
  } else if (pattern !== undefined) wrong('has a pattern that is no text');
  if (typeof format === 'string' && !(format in formats)) delete made.format;
  if (uniqueItems === true) {
    if (typeof maxItems !== 'number' || maxItems > MOST_UNIQUE)
      wrong(`has uniqueItems and must say maxItems, at most ${MOST_UNIQUE}`);
    delete made.uniqueItems;
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    more.push({ if: { maxItems }, then: { uniqueItems: true } });
  }
  if (more.length > 0) made.allOf = [...((made.allOf as unknown[] | undefined) ?? []), ...more];
  return made;
}

/** A reference that leads nowhere is found when a route is saved, not by a client. */
function mustResolve(schema: unknown, lookup: Readonly<Record<string, unknown>>): void {
  if (typeof schema !== 'object' || schema === null) return;
  const { $ref, __absolute_ref__ } = schema as Schema;
  if ($ref !== undefined && !((__absolute_ref__ ?? '') in lookup)) throw new Error(`$ref "${$ref}" leads nowhere`);
  for (const [name, value] of Object.entries(schema)) if (!VALUES.has(name)) mustResolve(value, lookup);
}

function problemsOf(errors: readonly OutputUnit[], place: PlacedProblem['in']): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const known = new Set<string>();
  for (const { keyword, instanceLocation, error } of errors) {
    // Words of the way to the place where something is wrong.
    if (keyword !== 'propertyNames' && ON_THE_WAY.test(error)) continue;
    const pointer = decodeURIComponent(instanceLocation.slice(1));
    const message = said(error);
    if (known.has(`${pointer} ${message}`)) continue;
    known.add(`${pointer} ${message}`);
    problems.push({ in: place, pointer, message });
    if (problems.length === MOST_PROBLEMS) break;
  }
  return problems.length > 0 ? problems : [{ in: place, pointer: '', message: 'is not as the schema says' }];
}

/** In words that fit after the name of the place. */
function said(error: string): string {
  const at = error.indexOf(PATTERN);
  if (at >= 0) return `must match the pattern ${error.slice(at + PATTERN.length).replace(/"\.$/, '')}`;
  return error
    .replace(/\.$/, '')
    .replace(/^Instance type "(.*)" is invalid\. Expected "(.*)"$/, 'must be $2, is $1')
    .replace(/^Instance does not have required property (".*")$/, 'must have $1')
    .replace(/^False boolean schema$/, 'is not allowed')
    .replace(/^Instance /, '')
    .replace(/^./, (first) => first.toLowerCase());
}
