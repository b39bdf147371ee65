// XML as JSON values, and back.
//
//   <order id="7"><line>a</line><line>b</line></order>   ⇄   {"order": {"@id": "7", "line": ["a", "b"]}}
//
// An element that comes once is a value, one that comes several times is a list: a schema or a mapping that expects a list takes
// both (`[].line` in JSONata). Attributes begin with "@", text beside attributes or elements is "#text", all values are text,
// an empty element is "". Order among elements of different names, comments and processing instructions are not kept.
// Namespace prefixes are parts of the name.

import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { MOST_LEVELS } from './json.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
  htmlEntities: false,
  maxNestedTags: MOST_LEVELS,
});
const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressBooleanAttributes: false,
  processEntities: true,
});

/** @throws Error; also for any document type: no entity is ever declared, so none can grow or lead anywhere */
export function readXml(text: string): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Error('it has a document type, which is not read');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(`line ${valid.err.line}, column ${valid.err.col}: ${valid.err.msg}`);
  const value: unknown = parser.parse(text);
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1)
    throw new Error('it has no root element');
  return value;
}

const NAME = /^@?[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/;

/** What has not one member that could be the root is put into `<root>`; items of a list are `<item>`. @throws Error */
export function writeXml(value: unknown): string {
  const whole = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  const [first] = whole;
  const rooted =
    whole.length === 1 && !Array.isArray(first![1]) && !first![0].startsWith('@') && first![0] !== '#text'
      ? value
      : { root: Array.isArray(value) ? { item: value } : value };
  mustHaveNames(rooted);
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build(withoutNull(rooted)) as string}`;
}

function mustHaveNames(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const list = Array.isArray(value);
  for (const [name, child] of Object.entries(value)) {
    if (!list && name !== '#text' && !NAME.test(name))
      throw new Error(`"${name.slice(0, 100)}" is no name of an element`);
    if (list && Array.isArray(child)) throw new Error('a list in a list has no form in XML');
    mustHaveNames(child);
  }
}

const withoutNull = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_name, child: unknown) => (child === null ? '' : child)));
