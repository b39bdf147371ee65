// XML as JSON values, and back, as the gateway has it: attributes begin with "@", text beside them is "#text", an element
// that comes several times is a list, all values are texts. No entity is ever declared, so none can grow or lead anywhere.

import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { invalid } from '../steps/content.ts';

const MAX_DEPTH = 100;
const NAME = /^@?[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
});
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressBooleanAttributes: false });

/** @throws Fail `format.invalid` */
export function readXml(text: string): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw invalid('XML', 'it has a document type, which is not read');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw invalid('XML', `line ${valid.err.line}, column ${valid.err.col}: ${valid.err.msg}`);
  try {
    return parser.parse(text);
  } catch (cause) {
    throw invalid('XML', (cause as Error).message, cause);
  }
}

/** @throws Fail `format.invalid` for what has no form in XML */
export function writeXml(value: Readonly<Record<string, unknown>>): string {
  if (Object.keys(value).length !== 1) throw invalid('value for XML', 'one member, the root, was expected');
  mustHaveNames(value, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build(value) as string}`;
}

function mustHaveNames(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw invalid('value for XML', `it is nested deeper than ${MAX_DEPTH} levels`);
  for (const [name, child] of Object.entries(value)) {
    if (!Array.isArray(value) && name !== '#text' && !NAME.test(name))
      throw invalid('value for XML', `"${name.slice(0, 100)}" is no name of an element`);
    if (Array.isArray(value) && Array.isArray(child))
      throw invalid('value for XML', 'a list in a list has no form in XML');
    mustHaveNames(child, depth + 1);
  }
}
