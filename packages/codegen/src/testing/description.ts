// A description as it stands, for checks that share nothing with the reading under test but the validator.

import { dereference, type Schema, validate } from '@cfworker/json-schema';

type Members = Record<string, unknown>;
export type Direction = 'request' | 'response';

const BASE = 'https://description.invalid/';
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export class RawDescription {
  readonly document: Members;
  readonly #sides: Record<Direction, { readonly root: Members; readonly lookup: Record<string, Schema | boolean> }>;

  constructor(document: Members) {
    this.document = document;
    const side = (direction: Direction) => {
      const root = { ...(today(document, direction) as Members), $id: BASE };
      return { root, lookup: dereference(root as Schema) };
    };
    this.#sides = { request: side('request'), response: side('response') };
  }

  /** @returns what is wrong with a value for the schema at a pointer */
  problems(pointer: string, value: unknown, direction: Direction): string[] {
    const { root, lookup } = this.#sides[direction];
    const schema = walked(root, pointer) as Schema;
    // In lists, which are none of schemas, the validator has not looked.
    if (schema.__absolute_uri__ === undefined) dereference(schema, lookup, new URL(BASE), pointer);
    const { errors } = validate(value, schema, '2020-12', lookup, false);
    return errors.slice(-3).map(({ instanceLocation, error }) => `${instanceLocation} ${error}`);
  }

  /** What stands at a pointer, over references. */
  at(given: unknown): unknown {
    let value = given;
    while (isMembers(value) && typeof value['$ref'] === 'string') value = walked(this.document, value['$ref'].slice(1));
    return value;
  }
}

/** Such patterns are the service's own business; see `mayRunAway` of the reading. */
const isRepeating = (key: string, value: unknown): boolean => key === 'pattern' && /\)[*+{]/.test(String(value));

const walked = (root: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (from, part) => (from as Members)[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')],
      root,
    );

/** The dialect of 3.0 in today's, and no examples: members of them could look like schemas. */
function today(value: unknown, direction: Direction, inProperties = false): unknown {
  if (Array.isArray(value)) return value.map((one) => today(one, direction));
  if (!isMembers(value)) return value;
  const out: Members = {};
  for (const [key, member] of Object.entries(value))
    if (
      inProperties ||
      !(isRepeating(key, member) || key === 'example' || key === 'examples' || key === 'format' || key.startsWith('x-'))
    )
      out[key] = today(member, direction, key === 'properties' && !inProperties);
  if (inProperties) return out;
  if (Array.isArray(out['required']) && isMembers(value['properties'])) {
    const { properties } = value;
    const other = direction === 'request' ? 'readOnly' : 'writeOnly';
    out['required'] = out['required'].filter(
      (name) => (properties[String(name)] as Members | undefined)?.[other] !== true,
    );
  }
  for (const side of ['Minimum', 'Maximum'])
    if (typeof out[`exclusive${side}`] === 'boolean') delete out[`exclusive${side}`];
  return value['nullable'] === true || value['x-nullable'] === true ? { anyOf: [out, { type: 'null' }] } : out;
}
