// The element of an answer as JSON, by the schema of the output: what may come more than once is a list, numbers are numbers.
// What the schema does not know is read as it stands there.

import type { JsonSchema } from '@sluice/protocol';
import { Fail } from '@sluice/sdk';
import { BUILTINS, readBoolean, readNumber } from '../schema/builtins.ts';
import { alternativesOf } from '../schema/resolve.ts';
import { XSD } from '../wsdl/namespaces.ts';
import { XMLNS, XSI } from '../xml/to-json.ts';
import type { XmlElement } from '../xml/tree.ts';

type Properties = Readonly<Record<string, JsonSchema>>;

/** Links lead to elements that may be many, and to each other. */
const MAX_LINKED = 100_000;

/**
 * @param element  that holds the output
 * @param linked   of rpc/encoded: where the elements stand that links (`href="#id"`) lead to; else null
 * @throws Fail when a text is not of its type
 */
export function decoded(element: XmlElement, schema: JsonSchema, linked: XmlElement | null): unknown {
  return new Decoder(schema, linked).read(element, schema);
}

class Decoder {
  readonly #root: JsonSchema;
  readonly #targets: ReadonlyMap<string, XmlElement>;
  readonly #open = new Set<XmlElement>();
  #linked = 0;

  constructor(root: JsonSchema, linked: XmlElement | null) {
    this.#root = root;
    this.#targets = new Map((linked?.elements ?? []).map((one) => [one.attribute('id') ?? '', one]));
  }

  read(written: XmlElement, schema: JsonSchema): unknown {
    if (/^(true|1)$/.test(written.attribute('nil', XSI) ?? '')) return null;
    const element = this.#follow(written);
    if (this.#open.has(element)) return null; // it contains itself
    const known = alternativesOf(schema, this.#root);
    const object = known.find(
      (one) => one.type === 'object' || (Array.isArray(one.type) && one.type.includes('object')),
    );
    const properties = (object?.properties ?? {}) as Properties;
    const attributes = element.attributes.filter(
      ({ local, namespace, name }) =>
        namespace !== XMLNS && namespace !== XSI && name !== 'xmlns' && !(element !== written && local === 'id'),
    );
    const simple = known.filter((one) => one !== object);
    // Text beside attributes is of the type that the text alone would have.
    const texts = Object.hasOwn(properties, '$value') ? [properties.$value!] : simple;
    const isPlain = element.elements.length === 0 && attributes.length === 0;
    if (isPlain && (!object || Object.hasOwn(properties, '$value'))) return textValue(element, texts);
    const fields: [string, unknown][] = [];
    if (attributes.length > 0)
      fields.push(['attributes', Object.fromEntries(attributes.map(({ local, value }) => [local, value]))]);
    this.#open.add(element);
    for (const [name, elements] of byName(element))
      fields.push([name, this.#member(elements, Object.hasOwn(properties, name) ? properties[name]! : {})]);
    this.#open.delete(element);
    if (element.text.trim() !== '') fields.push(['$value', textValue(element, texts)]);
    return Object.fromEntries(fields);
  }

  #member(elements: readonly XmlElement[], schema: JsonSchema): unknown {
    const known = alternativesOf(schema, this.#root);
    const list = known.find(({ type }) => type === 'array');
    const one = (list?.items ?? schema) as JsonSchema;
    const all = elements.map((element) => this.read(element, one));
    const mayBeAlone = !list || known.length > 1;
    return mayBeAlone && all.length === 1 ? all[0] : all;
  }

  #follow(element: XmlElement): XmlElement {
    const href = element.attribute('href');
    const target = href?.startsWith('#') ? this.#targets.get(href.slice(1)) : undefined;
    if (!target) return element;
    if (++this.#linked > MAX_LINKED)
      throw new Fail(`The answer has more than ${MAX_LINKED} links between its elements.`);
    return target;
  }
}

function byName(element: XmlElement): Map<string, XmlElement[]> {
  const found = new Map<string, XmlElement[]>();
  for (const child of element.elements) {
    const same = found.get(child.local);
    if (same) same.push(child);
    else found.set(child.local, [child]);
  }
  return found;
}

function textValue(element: XmlElement, schemas: readonly JsonSchema[]): unknown {
  const { text } = element;
  const types = schemas.flatMap(({ type }) => (Array.isArray(type) ? type : [type]));
  if (types.includes('integer') || types.includes('number'))
    // A union may have texts beside numbers.
    return schemas.length > 1 && types.includes('string') ? text : text.trim() === '' ? null : readNumber(text.trim());
  if (types.includes('boolean')) return text.trim() === '' ? null : readBoolean(text.trim());
  if (types.includes('string')) return text;
  const [prefix, local] = (element.attribute('type', XSI) ?? '').split(':', 2);
  const isBuiltin = local !== undefined && element.namespaceOf(prefix!) === XSD && Object.hasOwn(BUILTINS, local);
  return isBuiltin ? (BUILTINS[local]!.read?.(text.trim()) ?? text) : text;
}
