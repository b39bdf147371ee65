// An XML document as a tree that prints to the very characters it was read from.
//
// Every part keeps its source text; only what is changed is written anew. Comments, quotes, order of attributes, white
// space and elements nobody here knows therefore survive by construction.

import { decodeAttribute, decodeText, escapeAttribute, escapeText } from './escape.ts';

/** Text, CDATA, a comment or a processing instruction, as it stands in the source. */
export interface XmlLeaf {
  readonly type: 'text' | 'cdata' | 'comment' | 'instruction';
  readonly source: string;
}
export type XmlNode = XmlElement | XmlLeaf;

interface Attribute {
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  /** With the white space before it, such as ` id="a"`. */
  readonly source: string;
  readonly value: string;
}

/** What a prefix stands for where nobody has declared it. */
export function outside(prefix: string): string | undefined {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
  return prefix === '' ? '' : undefined;
}

export class XmlElement {
  readonly type = 'element';
  name: string;
  readonly uri: string;
  parent: XmlElement | null;
  readonly children: XmlNode[] = [];
  #attributes: Attribute[] = [];
  /** White space before the end of the opening and of the closing tag. */
  openTail = '';
  closeTail = '';
  /** Written as `<a/>` while it is empty. */
  short = true;

  /** Prefixes declared here and what they stand for; '' is the default namespace. */
  #declared: Map<string, string> | null = null;

  constructor(name: string, uri: string, parent: XmlElement | null) {
    this.name = name;
    this.uri = uri;
    this.parent = parent;
  }

  /** What a prefix stands for here. */
  uriOf(prefix: string): string | undefined {
    for (let element: XmlElement | null = this; element; element = element.parent) {
      const uri = element.#declared?.get(prefix);
      if (uri !== undefined) return uri;
    }
    return outside(prefix);
  }

  /** A prefix that stands for this here; its own one if that does. */
  prefixFor(uri: string): string | undefined {
    if (this.uri === uri) return prefixOf(this.name);
    for (let element: XmlElement | null = this; element; element = element.parent)
      for (const [prefix, declared] of element.#declared ?? [])
        if (declared === uri && this.uriOf(prefix) === uri) return prefix;
    return undefined;
  }

  /** Know a prefix that an attribute of this element declares. */
  declare(prefix: string, uri: string): void {
    this.#declared ??= new Map();
    this.#declared.set(prefix, uri);
  }

  get local(): string {
    return localOf(this.name);
  }

  is(uri: string, local: string): boolean {
    return this.uri === uri && this.local === local;
  }

  /** @param uri  '' for an attribute without prefix */
  get(local: string, uri = ''): string | undefined {
    return this.#attributes.find((attribute) => attribute.local === local && attribute.uri === uri)?.value;
  }

  /** Set an attribute, in its place if it is there; `undefined` removes it. */
  set(name: string, value: string | undefined): void {
    const index = this.#attributes.findIndex((attribute) => attribute.name === name);
    if (value === undefined) {
      if (index >= 0) this.#attributes.splice(index, 1);
      return;
    }
    const prefix = prefixOf(name);
    const uri = prefix === '' ? '' : (this.uriOf(prefix) ?? prefix);
    const attribute = { name, uri, local: localOf(name), source: ` ${name}="${escapeAttribute(value)}"`, value };
    if (index >= 0) this.#attributes[index] = attribute;
    else this.#attributes.push(attribute);
  }

  /** As read; the parser's way in. */
  addSource(attribute: { name: string; uri: string; source: string; raw: string }): void {
    const { name, uri, source, raw } = attribute;
    this.#attributes.push({ name, uri, local: localOf(name), source, value: decodeAttribute(raw) });
  }

  *elements(uri?: string, local?: string): Iterable<XmlElement> {
    for (const child of this.children)
      if (child.type === 'element' && (uri === undefined || child.uri === uri))
        if (local === undefined || child.local === local) yield child;
  }

  first(uri: string, local: string): XmlElement | undefined {
    for (const child of this.elements(uri, local)) return child;
    return undefined;
  }

  /** Its text and CDATA, without that of elements inside. */
  get text(): string {
    let text = '';
    for (const child of this.children) {
      if (child.type === 'text') text += decodeText(child.source);
      else if (child.type === 'cdata') text += child.source.slice(9, -3);
    }
    return text;
  }

  set text(value: string) {
    this.children.length = 0;
    if (value !== '') this.children.push({ type: 'text', source: escapeText(value) });
  }

  print(out: string[]): void {
    out.push('<', this.name);
    for (const { source } of this.#attributes) out.push(source);
    if (this.children.length === 0 && this.short) {
      out.push(this.openTail, '/>');
      return;
    }
    out.push(this.openTail, '>');
    for (const child of this.children) {
      if (child.type === 'element') child.print(out);
      else out.push(child.source);
    }
    out.push('</', this.name, this.closeTail, '>');
  }
}

export interface XmlDocument {
  /** What stands before and after the root, and the root itself. */
  readonly nodes: XmlNode[];
  readonly root: XmlElement;
}

export function printXml({ nodes }: XmlDocument): string {
  const out: string[] = [];
  for (const node of nodes) {
    if (node.type === 'element') node.print(out);
    else out.push(node.source);
  }
  return out.join('');
}

/** Every element below and including this one, in document order, without recursion. */
export function* descend(root: XmlElement): Iterable<XmlElement> {
  const open: XmlElement[] = [root];
  for (let element = open.pop(); element; element = open.pop()) {
    yield element;
    for (let index = element.children.length - 1; index >= 0; index--) {
      const child = element.children[index]!;
      if (child.type === 'element') open.push(child);
    }
  }
}

export const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);
export const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));
