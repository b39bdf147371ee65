// Elements and types of XML Schema as JSON Schema, for JSON as the SOAP client of this package takes and gives it: attributes
// under `attributes`, text beside attributes under `$value`, what may come more than once as a list.

import type { JsonSchema } from '@sluice/protocol';
import { XSD } from '../wsdl/namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import { SimpleTypes } from './simple.ts';
import { isBuiltin, type QName, qnameOf, type Symbols } from './symbols.ts';

const MAX_STEPS = 100;
const MAX_TYPES = 2_000;

interface Member {
  readonly element: XmlElement;
  /** It alone may come more than once. */
  readonly isMany: boolean;
  /** So may it with others. */
  readonly many: boolean;
}

interface Members {
  readonly elements: Map<string, Member>;
  readonly required: Set<string>;
  readonly attributes: Record<string, JsonSchema>;
  readonly requiredAttributes: Set<string>;
  /** Text of simple content. */
  text?: JsonSchema;
  /** Elements that nobody described may stand there. */
  open: boolean;
}

/** `input` is closed: what the service does not know is a mistake. `output` is open, and attributes in it are texts. */
export type Direction = 'input' | 'output';

export class SchemaWriter {
  readonly #symbols: Symbols;
  readonly #simple: SimpleTypes;
  readonly #direction: Direction;
  readonly #definitions: Record<string, JsonSchema> = {};
  readonly #names = new Map<XmlElement, string>();

  constructor(symbols: Symbols, direction: Direction) {
    this.#symbols = symbols;
    this.#simple = new SimpleTypes(symbols);
    this.#direction = direction;
  }

  /** The schema with the definitions it refers to. */
  finished(schema: JsonSchema): JsonSchema {
    return Object.keys(this.#definitions).length === 0 ? schema : { ...schema, $defs: this.#definitions };
  }

  /** The content of an element that is a message. */
  root(element: XmlElement): JsonSchema {
    const type = this.#complexTypeOf(element);
    return type ? this.#complex(type) : this.#element(element, 0);
  }

  /** Parts of an rpc message by name. */
  parts(parts: readonly { readonly name: string; readonly part: XmlElement }[]): JsonSchema {
    const properties = Object.fromEntries(
      parts.map(({ name, part }) => {
        const element = part.attribute('element');
        if (element !== undefined)
          return [name, this.#element(this.#symbols.get('element', this.#qname(element, part), part), 0)];
        return [name, this.#type(part.attribute('type') ?? '', part)];
      }),
    );
    const whole: JsonSchema = { type: 'object', properties };
    return this.#direction === 'input' ? { ...whole, additionalProperties: false } : whole;
  }

  #qname(written: string, at: XmlElement): QName {
    return qnameOf(written, at, (what) => this.#symbols.problem(at, what));
  }

  #complexTypeOf(element: XmlElement): XmlElement | undefined {
    const inner = childOf(element, 'complexType');
    const written = element.attribute('type');
    return (
      inner ?? (written === undefined ? undefined : this.#symbols.find('complexType', this.#qname(written, element)))
    );
  }

  #element(element: XmlElement, steps: number): JsonSchema {
    if (steps > MAX_STEPS) throw this.#symbols.problem(element, `elements are nested deeper than ${MAX_STEPS} levels.`);
    const ref = element.attribute('ref');
    if (ref !== undefined) {
      const name = this.#qname(ref, element);
      if (isBuiltin(name)) return {};
      return this.#element(this.#symbols.get('element', name, element), steps + 1);
    }
    const schema = this.#contentOf(element, steps);
    return /^(true|1)$/.test(element.attribute('nillable') ?? '') ? orNull(schema) : schema;
  }

  #contentOf(element: XmlElement, steps: number): JsonSchema {
    const complex = childOf(element, 'complexType');
    const name = element.parent?.local === 'schema' ? element.attribute('name') : undefined;
    if (complex) {
      // What has a name may refer to itself.
      return name === undefined ? this.#complex(complex, steps + 1) : this.#reference(complex, name);
    }
    const simple = childOf(element, 'simpleType');
    if (simple) return this.#simple.schemaOf(simple);
    const written = element.attribute('type');
    return written === undefined ? {} : this.#type(written, element);
  }

  #type(written: string, at: XmlElement): JsonSchema {
    const name = this.#qname(written, at);
    const complex = this.#symbols.find('complexType', name);
    if (complex) return this.#reference(complex, name.local);
    const simple = this.#simple.byName(written, at);
    if (simple) return simple;
    if (isBuiltin(name)) return {};
    throw this.#symbols.unknownType(name, at);
  }

  #reference(type: XmlElement, local: string): JsonSchema {
    let name = this.#names.get(type);
    if (name === undefined) {
      if (this.#names.size >= MAX_TYPES)
        throw this.#symbols.problem(type, `a message has more than ${MAX_TYPES} types.`);
      const taken = new Set(this.#names.values());
      name = local;
      for (let n = 2; taken.has(name); n++) name = `${local}_${n}`;
      this.#names.set(type, name);
      this.#definitions[name] = this.#complex(type);
    }
    return { $ref: `#/$defs/${name}` };
  }

  #complex(type: XmlElement, steps = 0): JsonSchema {
    const { elements, required, attributes, requiredAttributes, text, open } = this.#membersOf(type);
    const all: Record<string, JsonSchema> = {};
    for (const [name, { element, isMany, many }] of elements) {
      const one = this.#element(element, steps + 1);
      const list = { type: 'array', items: one };
      // A repeated group gives one, or a list of them when there are more.
      all[name] = isMany ? list : many ? { anyOf: [one, list] } : one;
    }
    const names = Object.keys(attributes);
    if (names.length > 0)
      all.attributes = {
        type: 'object',
        properties: attributes,
        ...(this.#direction === 'input' && requiredAttributes.size > 0 ? { required: [...requiredAttributes] } : {}),
      };
    if (text) {
      if (names.length === 0) return text;
      const both = { type: 'object', properties: { ...all, $value: text } };
      const mustHave = this.#direction === 'input' && requiredAttributes.size > 0;
      return mustHave ? { ...both, required: ['attributes', '$value'] } : { anyOf: [text, both] };
    }
    if (this.#direction === 'input' && requiredAttributes.size > 0) required.add('attributes');
    return {
      type: 'object',
      properties: all,
      ...(required.size > 0 ? { required: [...required] } : {}),
      ...(this.#direction === 'input' && !open ? { additionalProperties: false } : {}),
    };
  }

  #membersOf(type: XmlElement): Members {
    const members: Members = {
      elements: new Map(),
      required: new Set(),
      attributes: {},
      requiredAttributes: new Set(),
      open: /^(true|1)$/.test(type.attribute('mixed') ?? ''),
    };
    this.#collect(type, members, { optional: false, many: false }, 0);
    return members;
  }

  #collect(of: XmlElement, into: Members, how: Occurrence, steps: number): void {
    if (steps > MAX_STEPS)
      throw this.#symbols.problem(of, `a type is nested deeper than ${MAX_STEPS} levels, or in itself.`);
    for (const child of of.elements) {
      if (child.namespace !== XSD) continue;
      switch (child.local) {
        case 'sequence':
        case 'all':
          this.#collect(child, into, within(how, child), steps + 1);
          break;
        case 'choice':
          this.#collect(child, into, { ...within(how, child), optional: true }, steps + 1);
          break;
        case 'group': {
          const ref = child.attribute('ref');
          if (ref === undefined) break;
          const group = this.#symbols.get('group', this.#qname(ref, child), child);
          this.#collect(group, into, within(how, child), steps + 1);
          break;
        }
        case 'complexContent':
        case 'simpleContent':
          this.#collect(child, into, how, steps + 1);
          break;
        case 'extension':
        case 'restriction':
          this.#derive(child, into, how, steps + 1);
          break;
        case 'any':
          into.open = true;
          break;
        case 'element':
          this.#member(child, into, how);
          break;
        case 'attribute':
          this.#attribute(child, into);
          break;
        case 'attributeGroup': {
          const ref = child.attribute('ref');
          if (ref === undefined) break;
          this.#collect(this.#symbols.get('attributeGroup', this.#qname(ref, child), child), into, how, steps + 1);
        }
      }
    }
  }

  #derive(derivation: XmlElement, into: Members, how: Occurrence, steps: number): void {
    const written = derivation.attribute('base') ?? '';
    const name = this.#qname(written, derivation);
    const base = this.#symbols.find('complexType', name);
    const isSimple = derivation.parent?.local === 'simpleContent';
    if (isSimple && derivation.local === 'restriction' && !base) into.text = this.#simple.restricted(derivation);
    else if (base && (derivation.local === 'extension' || isSimple)) this.#collect(base, into, how, steps);
    else if (!base && isBuiltin(name) && !isSimple)
      into.open = true; // an array of SOAP encoding
    else if (!base) {
      const text = this.#simple.byName(written, derivation);
      if (!text) throw this.#symbols.unknownType(name, derivation);
      into.text = text;
    }
    this.#collect(derivation, into, how, steps);
  }

  #member(element: XmlElement, into: Members, how: Occurrence): void {
    const ref = element.attribute('ref');
    const name = element.attribute('name') ?? (ref === undefined ? undefined : this.#qname(ref, element).local);
    if (name === undefined) throw this.#symbols.problem(element, 'an <element> has neither "name" nor "ref".');
    const { optional, many } = within(how, element);
    into.elements.set(name, { element, isMany: isRepeated(element), many });
    if (!optional) into.required.add(name);
  }

  #attribute(attribute: XmlElement, into: Members): void {
    const ref = attribute.attribute('ref');
    const name = attribute.attribute('name') ?? (ref === undefined ? undefined : ref);
    if (name === undefined || attribute.attribute('use') === 'prohibited') return;
    const inner = childOf(attribute, 'simpleType');
    const written = attribute.attribute('type');
    const typed = inner
      ? this.#simple.schemaOf(inner)
      : written === undefined
        ? {}
        : (this.#simple.byName(written, attribute) ?? {});
    into.attributes[name] = this.#direction === 'input' ? typed : { type: 'string' };
    if (attribute.attribute('use') === 'required') into.requiredAttributes.add(name);
  }
}

interface Occurrence {
  readonly optional: boolean;
  readonly many: boolean;
}

const isRepeated = (element: XmlElement): boolean => {
  const most = element.attribute('maxOccurs') ?? '1';
  return most === 'unbounded' || Number(most) > 1;
};

function within({ optional, many }: Occurrence, element: XmlElement): Occurrence {
  return { optional: optional || element.attribute('minOccurs') === '0', many: many || isRepeated(element) };
}

const childOf = (of: XmlElement, local: string): XmlElement | undefined =>
  of.elements.find((one) => one.namespace === XSD && one.local === local);

function orNull(schema: JsonSchema): JsonSchema {
  if (Object.keys(schema).length === 0) return schema;
  const { type } = schema;
  if (typeof type === 'string' && schema.enum === undefined) return { ...schema, type: [type, 'null'] };
  if (Array.isArray(type) && schema.enum === undefined) return { ...schema, type: [...type, 'null'] };
  return { anyOf: [schema, { type: 'null' }] };
}
