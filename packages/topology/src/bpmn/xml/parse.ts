// Characters to a tree, strictly: what is not well-formed is refused with its line, what could blow up is refused at once.
//
// No document type, hence no entities of its own and no file or address that could be fetched. No recursion, every
// character is looked at a bounded number of times, and parts and depth are counted.

import { SluiceError } from '@sluice/protocol';
import { decodeAttribute, decodeText, FORBIDDEN, LOOSE_AMPERSAND } from './escape.ts';
import { outside, prefixOf, type XmlDocument, XmlElement, type XmlLeaf, type XmlNode } from './tree.ts';

export const MAX_DEPTH = 200;
/** Elements, attributes and pieces of text. */
export const MAX_PARTS = 400_000;

const START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const PART = `[${START}][${START}0-9.\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}\\-]*`;
const NAME = new RegExp(`${PART}(?::${PART})?`, 'uy');
const attributeOf = (part: string, flags: string): RegExp =>
  new RegExp(`[ \\t\\r\\n]+(${part}(?::${part})?)[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:"([^<"]*)"|'([^<']*)')`, flags);
/** Nearly all names are plain, and plain ones are found several times faster. */
const PLAIN_ATTRIBUTE = attributeOf('[A-Za-z_][\\w.\\-]*', 'y');
const ATTRIBUTE = attributeOf(PART, 'uy');
const SPACE = /[ \t\r\n]*/y;
/** What BPMN identifies things by: a name without a colon. */
export const NCNAME = new RegExp(`^${PART}$`, 'u');

interface Found {
  readonly name: string;
  /** With the white space before it. */
  readonly source: string;
  readonly raw: string;
}

/** @throws SluiceError `bpmn.malformed`, `bpmn.doctype`, `bpmn.too_large` */
export function parseXml(source: string): XmlDocument {
  return new Parser(source).parse();
}

class Parser {
  readonly #source: string;
  readonly #nodes: XmlNode[] = [];
  readonly #open: XmlElement[] = [];
  #root: XmlElement | null = null;
  #at = 0;
  #parts = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): XmlDocument {
    const source = this.#source;
    const forbidden = FORBIDDEN.exec(source);
    if (forbidden) throw this.#malformed('it contains a character that XML does not allow', forbidden.index);
    if (source.startsWith('\ufeff')) this.#at = 1;
    while (this.#at < source.length) {
      if (++this.#parts > MAX_PARTS)
        throw new SluiceError('bpmn.too_large', { what: `more than ${MAX_PARTS} elements, attributes and texts` });
      if (source[this.#at] !== '<') this.#text();
      else if (source.startsWith('<!--', this.#at)) this.#comment();
      else if (source.startsWith('<![CDATA[', this.#at)) this.#cdata();
      else if (source.startsWith('<?', this.#at))
        this.#add('instruction', this.#until('?>', 'a processing instruction'));
      else if (source.startsWith('</', this.#at)) this.#closing();
      else if (source.startsWith('<!', this.#at)) throw new SluiceError('bpmn.doctype', this.#place(this.#at));
      else this.#opening();
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) throw this.#malformed(`the element <${unclosed.name}> is never closed`, source.length);
    if (!this.#root) throw this.#malformed('it has no element', source.length);
    return { nodes: this.#nodes, root: this.#root };
  }

  #add(type: XmlLeaf['type'], end: number): void {
    const leaf: XmlLeaf = { type, source: this.#source.slice(this.#at, end) };
    (this.#open.at(-1)?.children ?? this.#nodes).push(leaf);
    this.#at = end;
  }

  #until(sign: string, what: string): number {
    const end = this.#source.indexOf(sign, this.#at + 2);
    if (end < 0) throw this.#malformed(`${what} is never closed`, this.#at);
    return end + sign.length;
  }

  #text(): void {
    const next = this.#source.indexOf('<', this.#at);
    const end = next < 0 ? this.#source.length : next;
    const text = this.#source.slice(this.#at, end);
    this.#checkReferences(text, this.#at);
    if (this.#open.length === 0 && /[^ \t\r\n]/.test(text))
      throw this.#malformed('there is text outside of the root element', this.#at);
    this.#add('text', end);
  }

  #comment(): void {
    const end = this.#source.indexOf('--', this.#at + 4);
    if (end < 0) throw this.#malformed('a comment is never closed', this.#at);
    if (this.#source[end + 2] !== '>') throw this.#malformed('a comment contains "--"', end);
    this.#add('comment', end + 3);
  }

  #cdata(): void {
    if (this.#open.length === 0) throw this.#malformed('there is text outside of the root element', this.#at);
    this.#add('cdata', this.#until(']]>', 'a CDATA section'));
  }

  #closing(): void {
    const element = this.#open.pop();
    const begin = this.#at;
    const end = this.#until('>', 'a closing tag');
    const content = this.#source.slice(begin + 2, end - 1);
    const name = content.trimEnd();
    if (!element || element.name !== name)
      throw this.#malformed(`</${name}> closes ${element ? `<${element.name}>` : 'nothing'}`, begin);
    element.closeTail = content.slice(name.length);
    this.#at = end;
  }

  #opening(): void {
    const begin = this.#at;
    NAME.lastIndex = begin + 1;
    const name = NAME.exec(this.#source)?.[0];
    if (name === undefined) throw this.#malformed('"<" begins no tag here', begin);
    this.#at = NAME.lastIndex;
    const attributes = this.#attributes(name);
    const element = this.#element(name, attributes, begin);
    SPACE.lastIndex = this.#at;
    element.openTail = SPACE.exec(this.#source)![0];
    this.#at += element.openTail.length;
    element.short = this.#source.startsWith('/>', this.#at);
    if (!element.short && this.#source[this.#at] !== '>')
      throw this.#malformed(`the tag <${name}> is not readable here`, this.#at);
    this.#at += element.short ? 2 : 1;
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else {
      if (this.#root) throw this.#malformed('there is a second root element', begin);
      this.#root = element;
      this.#nodes.push(element);
    }
    if (element.short) return;
    this.#open.push(element);
    if (this.#open.length > MAX_DEPTH)
      throw new SluiceError('bpmn.too_large', { what: `elements nested more than ${MAX_DEPTH} deep` });
  }

  #attributes(tag: string): Found[] {
    const attributes: Found[] = [];
    const seen = new Set<string>();
    for (;;) {
      PLAIN_ATTRIBUTE.lastIndex = ATTRIBUTE.lastIndex = this.#at;
      const plain = PLAIN_ATTRIBUTE.exec(this.#source);
      const match = plain ?? ATTRIBUTE.exec(this.#source);
      if (!match) return attributes;
      const name = match[1]!;
      if (seen.has(name)) throw this.#malformed(`<${tag}> has the attribute "${name}" twice`, this.#at);
      seen.add(name);
      const raw = match[2] ?? match[3]!;
      this.#checkReferences(raw, this.#at);
      attributes.push({ name, source: match[0], raw });
      this.#at += match[0].length;
      this.#parts++;
    }
  }

  #element(name: string, attributes: readonly Found[], begin: number): XmlElement {
    const parent = this.#open.at(-1) ?? null;
    // The namespace of an element may be declared on itself, so the declarations come first.
    const own = new Map<string, string>();
    for (const { name, raw } of attributes)
      if (name === 'xmlns' || name.startsWith('xmlns:'))
        own.set(name === 'xmlns' ? '' : name.slice(6), decodeAttribute(raw));
    const uriOf = (prefix: string): string => {
      const uri = own.get(prefix) ?? (parent ? parent.uriOf(prefix) : outside(prefix));
      if (uri === undefined) throw this.#malformed(`the prefix "${prefix}" is not declared`, begin);
      return uri;
    };
    const element = new XmlElement(name, uriOf(prefixOf(name)), parent);
    for (const [prefix, uri] of own) element.declare(prefix, uri);
    for (const attribute of attributes) {
      const prefix = prefixOf(attribute.name);
      element.addSource({ ...attribute, uri: prefix === '' || prefix === 'xmlns' ? prefix : uriOf(prefix) });
    }
    return element;
  }

  #checkReferences(text: string, offset: number): void {
    if (!text.includes('&')) return;
    const loose = LOOSE_AMPERSAND.exec(text);
    if (loose)
      throw this.#malformed('"&" begins no reference that XML itself knows; write &amp;', offset + loose.index);
    if (text.includes('&#') && FORBIDDEN.test(decodeText(text)))
      throw this.#malformed('a reference stands for a character that XML does not allow', offset);
  }

  #place(offset: number): { line: number; column: number } {
    let line = 1;
    let start = 0;
    for (let at = this.#source.indexOf('\n'); at >= 0 && at < offset; at = this.#source.indexOf('\n', at + 1)) {
      line++;
      start = at + 1;
    }
    return { line, column: offset - start + 1 };
  }

  #malformed(reason: string, offset: number): SluiceError<'bpmn.malformed'> {
    return new SluiceError('bpmn.malformed', { ...this.#place(offset), reason });
  }
}
