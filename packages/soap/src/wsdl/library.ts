// The same documents for the SOAP library, which writes bodies by them. It gets the texts at hand: it opens no file
// and asks no address by itself.

import { type IHttpClient, WSDL as LibraryWsdl } from 'soap';
import type { XmlElement } from '../xml/tree.ts';
import { escapeXml, writeXml } from '../xml/write.ts';
import type { WsdlDocument } from './documents.ts';
import { XSD } from './namespaces.ts';

/** In place of what is not read, and of a document that is being read already. */
const NOTHING = 'http://wsdl.invalid/nothing';
const NO_SCHEMA = `<schema xmlns="${XSD}"/>`;

export async function libraryWsdl(documents: readonly WsdlDocument[]): Promise<LibraryWsdl> {
  const [root] = documents as readonly [WsdlDocument];
  const addresses = new Map(documents.map((document, index) => [document, `http://wsdl.invalid/${index}`]));
  const byAddress = new Map(documents.map((document) => [addresses.get(document)!, document]));
  const backwards = circles(root);
  const texts = new Map<string, string>();
  for (const [document, address] of addresses)
    for (const [at, text] of apart(document, address)) {
      texts.set(at, text);
      byAddress.set(at, document);
    }
  const httpClient = {
    request(address: string, _data: unknown, done: (error: unknown, response?: unknown, body?: string) => unknown) {
      done(null, { status: 200 }, texts.get(address) ?? NO_SCHEMA);
      return undefined as never;
    },
  } as IHttpClient;
  const address = addresses.get(root)!;
  const cache: Record<string, LibraryWsdl> = {};
  const options = {
    httpClient,
    WSDL_CACHE: cache,
    wsdl_options: {
      overrideImportLocation(_resolved: string, parent: string, written: string): string {
        if (texts.has(written)) return written;
        const from = byAddress.get(parent);
        const to = from?.imports.get(written);
        if (!from || !to || backwards.get(from)?.has(to)) return NOTHING;
        return addresses.get(to)!;
      },
    },
  };
  return new Promise((resolve, reject) => {
    const wsdl = new LibraryWsdl(texts.get(address)!, address, options);
    cache[address] = wsdl;
    wsdl.onReady((error) => (error ? reject(error) : resolve(wsdl)));
  });
}

/**
 * A document by its address. Of several schemas of one namespace in one document the library keeps the last, so the others
 * become documents of their own, which the first one includes.
 */
function apart({ root, text }: WsdlDocument, address: string): Map<string, string> {
  const firsts = new Map<string, XmlElement>();
  const others = new Map<XmlElement, { readonly first: XmlElement; readonly address: string }>();
  for (const types of root.elements.filter(({ local }) => local === 'types'))
    for (const schema of types.elements.filter(({ local, namespace }) => local === 'schema' && namespace === XSD)) {
      const namespace = schema.attribute('targetNamespace') ?? '';
      const first = firsts.get(namespace);
      if (first) others.set(schema, { first, address: `${address}/${others.size}` });
      else firsts.set(namespace, schema);
    }
  if (others.size === 0) return new Map([[address, text]]);
  const texts = [...others].map(([schema, other]): [string, string] => {
    const declared = Object.entries(schema.inScope())
      .map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const)
      .filter(([name]) => name !== 'xmlns:xml' && !schema.attributes.some((one) => one.name === name));
    const attributes = declared.map(([name, uri]) => ` ${name}="${escapeXml(uri)}"`).join('');
    return [other.address, writeXml(schema, (element) => (element === schema ? { attributes } : undefined))];
  });
  const includes = (schema: XmlElement): string =>
    [...others.values()]
      .filter(({ first }) => first === schema)
      .map((other) => `<include xmlns="${XSD}" schemaLocation="${other.address}"/>`)
      .join('');
  const whole = writeXml(root, (element) => ({ skip: others.has(element), first: includes(element) }));
  return new Map([[address, whole], ...texts]);
}

/** Imports that lead back to a document that they are reached from. */
function circles(root: WsdlDocument): Map<WsdlDocument, Set<WsdlDocument>> {
  const found = new Map<WsdlDocument, Set<WsdlDocument>>();
  const open = new Set<WsdlDocument>();
  const done = new Set<WsdlDocument>();
  const visit = (document: WsdlDocument): void => {
    open.add(document);
    for (const next of document.imports.values()) {
      if (!next || done.has(next)) continue;
      if (!open.has(next)) visit(next);
      else found.set(document, (found.get(document) ?? new Set()).add(next));
    }
    open.delete(document);
    done.add(document);
  };
  visit(root);
  return found;
}
