// Changes of a tree that look as if the author of the document had made them: same prefixes, same indentation.

import { PREFIXES } from '../namespaces.ts';
import { XmlElement, type XmlNode } from './tree.ts';

/** An element that will stand in `parent`, under a prefix that stands for its namespace there. */
export function create(
  parent: XmlElement,
  uri: string,
  local: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
): XmlElement {
  const prefix = parent.prefixFor(uri) ?? declareFor(parent, uri);
  const element = new XmlElement(prefix === '' ? local : `${prefix}:${local}`, uri, parent);
  for (const [name, value] of Object.entries(attributes)) element.set(name, value);
  return element;
}

function declareFor(element: XmlElement, uri: string): string {
  const wanted = PREFIXES[uri] ?? 'ns';
  let prefix = wanted;
  for (let n = 1; element.uriOf(prefix) !== undefined; n++) prefix = `${wanted}${n}`;
  let root = element;
  while (root.parent) root = root.parent;
  root.set(`xmlns:${prefix}`, uri);
  root.declare(prefix, uri);
  return prefix;
}

/**
 * Put a child behind the last sibling that comes before it in the order of the schema.
 * @param rank  place of an element among its siblings; equal ranks stand in the order they came
 */
export function insert(parent: XmlElement, child: XmlElement, rank: (element: XmlElement) => number = () => 0): void {
  const { children } = parent;
  const own = rank(child);
  let index = children.length;
  while (index > 0) {
    const before = children[index - 1]!;
    if (before.type === 'element' && rank(before) <= own) break;
    index--;
  }
  const indent = indentInside(parent);
  const pieces: XmlNode[] = indent === null ? [child] : [{ type: 'text', source: `\n${indent}` }, child];
  const blank = children.every((node) => node.type === 'text' && node.source.trim() === '');
  if (blank) {
    children.length = 0;
    index = 0;
    const outer = indentOf(parent);
    if (indent !== null && outer !== null) pieces.push({ type: 'text', source: `\n${outer}` });
  }
  children.splice(index, 0, ...pieces);
  child.parent = parent;
}

/** Take a child out, with the white space before it. */
export function remove(child: XmlElement): void {
  const { parent } = child;
  if (!parent) return;
  const { children } = parent;
  const index = children.indexOf(child);
  if (index < 0) return;
  const before = children[index - 1];
  const blank = before?.type === 'text' && before.source.trim() === '';
  children.splice(blank ? index - 1 : index, blank ? 2 : 1);
  if (children.every((node) => node.type === 'text' && node.source.trim() === '')) children.length = 0;
}

/** White space at the beginning of an element's line; null when it does not begin one. */
function indentOf(element: XmlElement): string | null {
  if (!element.parent) return '';
  const { children } = element.parent;
  // The last child is asked for most: look from the end.
  return lineStart(children[children.lastIndexOf(element) - 1]);
}

function lineStart(before: XmlNode | undefined): string | null {
  const line = before?.type === 'text' ? /\n([ \t]*)$/.exec(before.source) : null;
  return line ? line[1]! : null;
}

function indentInside(parent: XmlElement): string | null {
  const first = parent.children.findIndex((node) => node.type === 'element');
  if (first >= 0) return lineStart(parent.children[first - 1]);
  const own = indentOf(parent);
  return own === null ? null : `${own}  `;
}
