// XML nobody described, as JSON: elements by local name, repeated ones as lists, texts as they are.

import { qualified, type XmlElement } from './tree.ts';

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XMLNS = 'http://www.w3.org/2000/xmlns/';

/**
 * The content of an element: text alone is a string, nothing is `''`, `xsi:nil` is null, all else an object whose
 * attributes stand under `attributes` and whose text beside them under `$value`.
 */
export function contentOf(element: XmlElement): unknown {
  if (/^(true|1)$/.test(element.attribute('nil', XSI) ?? '')) return null;
  const attributes = element.attributes.filter(({ namespace }) => namespace !== XMLNS && namespace !== XSI);
  const { elements, text } = element;
  if (attributes.length === 0 && elements.length === 0) return text;
  const fields: [string, unknown][] = [];
  if (attributes.length > 0)
    fields.push(['attributes', Object.fromEntries(attributes.map(({ local, value }) => [local, value]))]);
  const byName = new Map<string, unknown[]>();
  for (const child of elements) {
    const same = byName.get(child.local);
    if (same) same.push(contentOf(child));
    else byName.set(child.local, [contentOf(child)]);
  }
  for (const [name, contents] of byName) fields.push([name, contents.length === 1 ? contents[0] : contents]);
  if (text.trim() !== '') fields.push(['$value', text]);
  return Object.fromEntries(fields);
}

/** Name of an element for a person. */
export function named(element: XmlElement): string {
  return `<${qualified(element.namespace, element.local)}>`;
}
