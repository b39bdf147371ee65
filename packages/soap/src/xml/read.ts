// Text to a tree: well-formed or refused, without document types, so that no entity and no address is ever looked up.

import { SaxesParser } from 'saxes';
import { XmlElement } from './tree.ts';

const MAX_DEPTH = 200;

/** What is wrong with a document, and where. */
export class XmlProblem extends Error {
  override readonly name = 'XmlProblem';
  readonly reason: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;

  constructor(reason: string, line: number, column: number) {
    super(`line ${line}, column ${column}: ${reason}`);
    this.reason = reason;
    this.line = line;
    this.column = column;
  }
}

/**
 * @returns the root element
 * @throws XmlProblem
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const stop = (reason: string): never => {
    throw new XmlProblem(reason, parser.line, parser.columnIndex + 1);
  };
  let root: XmlElement | undefined;
  let open: XmlElement | null = null;
  let depth = 0;
  parser.on('error', (error) => stop(error.message));
  parser.on('doctype', () => stop('a document type (DOCTYPE) is not taken: it may define entities'));
  parser.on('opentag', (tag) => {
    if (++depth > MAX_DEPTH) stop(`elements stand deeper than ${MAX_DEPTH} levels`);
    if (tag.local === '__proto__') stop('an element is called "__proto__"');
    const element: XmlElement = new XmlElement({
      name: tag.name,
      local: tag.local,
      namespace: tag.uri,
      attributes: Object.values(tag.attributes).map(({ name, local, uri, value }) => ({
        name,
        local,
        namespace: uri,
        value,
      })),
      declared: tag.ns,
      parent: open,
      line: parser.line,
    });
    if (open) open.children.push(element);
    else root = element;
    open = element;
  });
  parser.on('closetag', () => {
    depth--;
    open = open?.parent ?? null;
  });
  const put = (said: string): void => {
    if (open) open.children.push(said);
  };
  parser.on('text', put);
  parser.on('cdata', put);
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return root ?? stop('there is no element');
}
