// An XML document as a tree that knows its namespaces, and the place of every element.

export interface XmlAttribute {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
}

export type XmlNode = XmlElement | string;

export class XmlElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly parent: XmlElement | null;
  readonly line: number;
  readonly children: XmlNode[] = [];
  readonly #declared: Readonly<Record<string, string>>;

  /** @param about.declared  namespaces by prefix that this element declares; '' is the default one */
  constructor(
    about: Pick<XmlElement, 'name' | 'local' | 'namespace' | 'attributes' | 'parent' | 'line'> & {
      readonly declared: Readonly<Record<string, string>>;
    },
  ) {
    this.name = about.name;
    this.local = about.local;
    this.namespace = about.namespace;
    this.attributes = about.attributes;
    this.parent = about.parent;
    this.line = about.line;
    this.#declared = about.declared;
  }

  /** Value of an attribute without namespace. */
  attribute(local: string, namespace = ''): string | undefined {
    return this.attributes.find((one) => one.local === local && one.namespace === namespace)?.value;
  }

  get elements(): XmlElement[] {
    return this.children.filter((child): child is XmlElement => child instanceof XmlElement);
  }

  /** Text of the element itself, not of those inside. */
  get text(): string {
    return this.children.filter((child): child is string => typeof child === 'string').join('');
  }

  /** All prefixes that stand for something here, '' for the default namespace. */
  inScope(): Readonly<Record<string, string>> {
    return { ...this.parent?.inScope(), ...this.#declared };
  }

  /** Namespace that a prefix stands for here; undefined when it stands for none. */
  namespaceOf(prefix: string): string | undefined {
    for (let at: XmlElement | null = this; at; at = at.parent)
      if (Object.hasOwn(at.#declared, prefix)) return at.#declared[prefix];
    return undefined;
  }
}

/** A name with its namespace, as one key: `{urn:x}order`. */
export function qualified(namespace: string, local: string): string {
  return namespace === '' ? local : `{${namespace}}${local}`;
}
