// Simple types as JSON Schema: built-in ones, restrictions with their facets, lists and unions.

import type { Json, JsonSchema } from '@sluice/protocol';
import { XSD } from '../wsdl/namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import { BUILTINS } from './builtins.ts';
import { isBuiltin, qnameOf, type Symbols } from './symbols.ts';

const MAX_STEPS = 50;

export class SimpleTypes {
  readonly #symbols: Symbols;
  constructor(symbols: Symbols) {
    this.#symbols = symbols;
  }

  /** @param written  name of a type as an attribute has it; undefined when it is not of a simple type */
  byName(written: string, at: XmlElement, steps = 0): JsonSchema | undefined {
    const name = qnameOf(written, at, (what) => this.#symbols.problem(at, what));
    const found = this.#symbols.find('simpleType', name);
    if (found) return this.schemaOf(found, steps + 1);
    return isBuiltin(name) ? BUILTINS[name.local]?.schema : undefined;
  }

  /** Of a `<simpleType>`. */
  schemaOf(type: XmlElement, steps = 0): JsonSchema {
    if (steps > MAX_STEPS) throw this.#symbols.problem(type, 'a simple type is derived from itself.');
    const restriction = child(type, 'restriction');
    if (restriction) return this.restricted(restriction, steps);
    if (child(type, 'list')) return { type: 'string', description: 'A list, separated by spaces.' };
    const union = child(type, 'union');
    if (!union) return {};
    const names = (union.attribute('memberTypes') ?? '').split(/\s+/).filter(Boolean);
    const members = [
      ...names.map((name) => this.byName(name, union, steps) ?? {}),
      ...union.elements.filter(({ local }) => local === 'simpleType').map((inner) => this.schemaOf(inner, steps + 1)),
    ];
    return members.length === 1 ? members[0]! : { anyOf: members };
  }

  /** Of a `<restriction>` of a simple type or of simple content. */
  restricted(restriction: XmlElement, steps = 0): JsonSchema {
    const base = restriction.attribute('base');
    const inner = child(restriction, 'simpleType');
    const of = inner ? this.schemaOf(inner, steps + 1) : (base && this.byName(base, restriction, steps)) || {};
    return { ...of, ...facetsOf(restriction, of) };
  }
}

const child = (of: XmlElement, local: string): XmlElement | undefined =>
  of.elements.find((one) => one.namespace === XSD && one.local === local);

const NUMERIC = {
  minInclusive: 'minimum',
  maxInclusive: 'maximum',
  minExclusive: 'exclusiveMinimum',
  maxExclusive: 'exclusiveMaximum',
} as const;

function facetsOf(restriction: XmlElement, base: JsonSchema): JsonSchema {
  const isText = base.type === 'string';
  const isNumber = !isText && /integer|number/.test(String(base.type));
  const facets: Record<string, Json> = {};
  const values: (string | number)[] = [];
  const patterns: string[] = [];
  for (const facet of restriction.elements) {
    const value = facet.attribute('value');
    if (facet.namespace !== XSD || value === undefined) continue;
    if (facet.local === 'enumeration') values.push(isNumber ? Number(value) : value);
    else if (facet.local === 'pattern') patterns.push(value);
    else if (isText && /^(minLength|maxLength)$/.test(facet.local)) facets[facet.local] = Number(value);
    else if (isText && facet.local === 'length') facets.minLength = facets.maxLength = Number(value);
    else if (isNumber && facet.local in NUMERIC && Number.isFinite(Number(value)))
      facets[NUMERIC[facet.local as keyof typeof NUMERIC]] = Number(value);
  }
  if (values.length > 0 && base.type !== 'boolean') facets.enum = values;
  const pattern = patterns.map((one) => `(?:${one})`).join('|');
  if (isText && pattern !== '' && isRegExp(pattern)) facets.pattern = `^(?:${pattern})$`;
  return facets;
}

/** Patterns of XML Schema that mean something else in JavaScript are left out; the service checks them anyway. */
function isRegExp(pattern: string): boolean {
  if (/\\[icIC]|-\[|\\p\{Is/.test(pattern)) return false;
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
