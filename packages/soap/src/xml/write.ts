// Text for XML, and a tree as text again: no CDATA, no comments, no instructions.

import { XmlElement, type XmlNode } from './tree.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** A character that XML 1.0 cannot hold, as `U+0000`; null when there is none. */
export function forbiddenIn(text: string): string | null {
  const found = FORBIDDEN.exec(text)?.[0].codePointAt(0);
  return found === undefined ? null : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** For text and for attributes alike. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\t\n\r]/g, (character) => ESCAPES[character]!);
}

/** Markup that was written on purpose. */
export class Xml {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

/**
 * Markup with values in it: each is escaped, except what is markup itself. Lists are joined, null and undefined are nothing.
 * @example xml`<id>${order.id}</id>${order.lines.map((line) => xml`<line>${line}</line>`)}`
 */
export function xml(parts: TemplateStringsArray, ...values: readonly unknown[]): Xml {
  return new Xml(parts.reduce((markup, part, index) => markup + inserted(values[index - 1]) + part));
}

function inserted(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Xml) return value.markup;
  if (Array.isArray(value)) return value.map(inserted).join('');
  return escapeXml(String(value));
}

/** What is written otherwise than it was read. */
export interface Edit {
  /** Not written at all. */
  readonly skip?: boolean;
  /** Markup of more attributes. */
  readonly attributes?: string;
  /** Markup before the content. */
  readonly first?: string;
}

/** @param editOf  by element */
export function writeXml(node: XmlNode, editOf?: (element: XmlElement) => Edit | undefined): string {
  if (!(node instanceof XmlElement)) return escapeText(node);
  const { skip = false, attributes: more = '', first = '' } = editOf?.(node) ?? {};
  if (skip) return '';
  const attributes = node.attributes.map(({ name, value }) => ` ${name}="${escapeXml(value)}"`);
  const inside = node.children.map((child) => writeXml(child, editOf)).join('');
  return `<${node.name}${attributes.join('')}${more}>${first}${inside}</${node.name}>`;
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => ESCAPES[character]!);
}
