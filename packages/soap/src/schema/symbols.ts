// What the schemas of a WSDL define, by name and kind, and how a prefixed name finds it.

import { ENCODING_11, ENCODING_12, XSD } from '../wsdl/namespaces.ts';
import { listed, wsdlProblem } from '../wsdl/problem.ts';
import { qualified, type XmlElement } from '../xml/tree.ts';

const KINDS = ['element', 'complexType', 'simpleType', 'group', 'attributeGroup', 'attribute'] as const;
export type SymbolKind = (typeof KINDS)[number];

export interface QName {
  readonly namespace: string;
  readonly local: string;
}

export class Symbols {
  readonly #found = new Map<string, XmlElement>();
  readonly #places = new Map<XmlElement, string>();

  /** @param location  of the document, for messages */
  add(schema: XmlElement, location: string): void {
    const namespace = schema.attribute('targetNamespace') ?? '';
    this.#places.set(schema, location);
    for (const child of schema.elements) {
      const name = child.attribute('name');
      if (child.namespace !== XSD || name === undefined || !KINDS.includes(child.local as SymbolKind)) continue;
      const key = keyOf(child.local as SymbolKind, { namespace, local: name });
      if (!this.#found.has(key)) this.#found.set(key, child);
    }
  }

  find(kind: SymbolKind, name: QName): XmlElement | undefined {
    return this.#found.get(keyOf(kind, name));
  }

  /** @throws Fail when nothing of this name is defined */
  get(kind: SymbolKind, name: QName, at: XmlElement): XmlElement {
    const found = this.find(kind, name);
    if (found) return found;
    throw this.#unknown(kind, name, at, [kind]);
  }

  unknownType(name: QName, at: XmlElement): Error {
    return this.#unknown('type', name, at, ['complexType', 'simpleType']);
  }

  problem(at: XmlElement, what: string): Error {
    let root = at;
    while (root.parent && !this.#places.has(root)) root = root.parent;
    return wsdlProblem(this.#places.get(root) ?? 'WSDL', at, what);
  }

  #unknown(what: string, { namespace, local }: QName, at: XmlElement, kinds: readonly SymbolKind[]): Error {
    const known = kinds.flatMap((kind) => {
      const start = keyOf(kind, { namespace, local: '' });
      return [...this.#found.keys()].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
    });
    return this.problem(at, `${what} "${qualified(namespace, local)}" is not defined. There are: ${listed(known)}.`);
  }
}

const keyOf = (kind: SymbolKind, { namespace, local }: QName): string => `${kind} ${qualified(namespace, local)}`;

/** @throws Error made by `problem` when the prefix stands for nothing */
export function qnameOf(written: string, at: XmlElement, problem: (what: string) => Error): QName {
  const [prefix, local] = written.includes(':') ? (written.split(':', 2) as [string, string]) : ['', written];
  const namespace = at.namespaceOf(prefix);
  if (namespace === undefined && prefix !== '') throw problem(`prefix "${prefix}" of "${written}" is not declared.`);
  return { namespace: namespace ?? '', local };
}

/** SOAP encoding repeats the simple types of XML Schema under its own namespace. */
export function isBuiltin({ namespace }: QName): boolean {
  return namespace === XSD || namespace === ENCODING_11 || namespace === ENCODING_12;
}
