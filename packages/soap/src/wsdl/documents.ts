// The documents of a WSDL: itself and what it imports and includes, each once, bounded in number, size and depth. This file
// asks for texts and does not fetch them: files are read at once, addresses with the sender of a message.

import { excerpt } from '@sluice/protocol';
import { readXml, XmlProblem } from '../xml/read.ts';
import type { XmlElement } from '../xml/tree.ts';
import { escapeXml } from '../xml/write.ts';
import { WSDL, XSD } from './namespaces.ts';
import { mayRead, resolveLocation, type WsdlOptions } from './policy.ts';
import { wsdlProblem } from './problem.ts';

const MAX_DOCUMENTS = 200;
const MAX_DEPTH = 30;
export const MAX_WSDL_BYTES = 16 * 1024 * 1024;

export interface WsdlDocument {
  /** Path, address, or a name for a text. */
  readonly location: string;
  readonly text: string;
  readonly root: XmlElement;
  /** By location as written: null for what is not read, such as the schema of a standard. */
  readonly imports: Map<string, WsdlDocument | null>;
}

/** A document that is wanted. */
export interface Wanted {
  readonly location: string;
  /** Says for a message who wants it. */
  readonly wantedBy: string;
}

export interface Start {
  readonly location: string;
  /** What relative locations are relative to; null when there is nothing. */
  readonly base: string | null;
  readonly text: string;
  readonly options: WsdlOptions;
}

interface State extends Start {
  readonly byKey: Map<string, WsdlDocument>;
  bytes: number;
}

/** @returns all documents, the WSDL first */
export function* collect(start: Start): Generator<Wanted, readonly WsdlDocument[], string> {
  const state: State = { ...start, byKey: new Map(), bytes: 0 };
  yield* open(state, start, null, 0);
  return [...state.byKey.values()];
}

type Opened = Pick<Start, 'location' | 'base' | 'text'>;

function* open(
  state: State,
  { location, base, text }: Opened,
  chameleon: string | null,
  depth: number,
): Generator<Wanted, WsdlDocument, string> {
  state.bytes += text.length;
  if (state.bytes > MAX_WSDL_BYTES)
    throw wsdlProblem(location, null, `the WSDL and what it imports are larger than ${MAX_WSDL_BYTES} bytes.`);
  if (depth > MAX_DEPTH) throw wsdlProblem(location, null, `imports go deeper than ${MAX_DEPTH} documents.`);
  const shaped = chameleon === null ? text : inNamespace(text, chameleon);
  const document: WsdlDocument = { location, text: shaped, root: rootOf(location, shaped), imports: new Map() };
  state.byKey.set(keyOf(location, chameleon), document);
  if (state.byKey.size > MAX_DOCUMENTS)
    throw wsdlProblem(location, null, `the WSDL pulls in more than ${MAX_DOCUMENTS} documents.`);
  for (const reference of referencesOf(document.root)) {
    const written = reference.attribute('schemaLocation') ?? reference.attribute('location');
    if (written === undefined || document.imports.has(written)) continue;
    const target = resolveLocation(base, written);
    if (target === null || !mayRead(state.base, state.options, target)) {
      if (isStandard(reference.attribute('namespace'))) document.imports.set(written, null);
      else throw refused(state, document, reference, written, target);
      continue;
    }
    const namespace = reference.local === 'include' ? targetNamespaceAround(reference) : null;
    document.imports.set(
      written,
      yield* imported(state, target, namespace, `${location}, line ${reference.line}`, depth),
    );
  }
  return document;
}

function* imported(
  state: State,
  location: string,
  namespace: string | null,
  wantedBy: string,
  depth: number,
): Generator<Wanted, WsdlDocument, string> {
  const known = state.byKey.get(keyOf(location, null)) ?? state.byKey.get(keyOf(location, namespace));
  if (known) return known;
  const text = yield { location, wantedBy };
  const chameleon = namespace !== null && rootOf(location, text).attribute('targetNamespace') === undefined;
  return yield* open(state, { location, base: location, text }, chameleon ? namespace : null, depth + 1);
}

const keyOf = (location: string, chameleon: string | null): string => JSON.stringify([location, chameleon]);

/** Imports and includes of WSDL and XML Schema, wherever they stand. */
function referencesOf(root: XmlElement): XmlElement[] {
  if (root.namespace === XSD)
    return root.elements.filter(
      ({ namespace, local }) => namespace === XSD && /^(import|include|redefine)$/.test(local),
    );
  return root.elements.flatMap((child) => {
    if (child.namespace === WSDL && child.local === 'import') return [child];
    if (child.namespace === WSDL && child.local === 'types') return child.elements.flatMap(referencesOf);
    return [];
  });
}

const targetNamespaceAround = (reference: XmlElement): string | null =>
  reference.parent?.attribute('targetNamespace') ?? null;

const isStandard = (namespace: string | undefined): boolean =>
  namespace !== undefined && /^http:\/\/(schemas\.xmlsoap\.org|www\.w3\.org)\//.test(namespace);

function refused(
  { base }: State,
  { location }: WsdlDocument,
  reference: XmlElement,
  written: string,
  target: string | null,
): Error {
  const why =
    target === null && base === null
      ? 'a WSDL given as text has no place that this could be relative to. Read the WSDL from its file or address.'
      : `it lies outside of the WSDL's folder and nobody named it. Name it in "imports", or put a copy beside the WSDL.`;
  return wsdlProblem(location, reference, `<${reference.name}> of "${excerpt(written)}" is not read: ${why}`);
}

function rootOf(location: string, text: string): XmlElement {
  let root: XmlElement;
  try {
    root = readXml(text);
  } catch (cause) {
    if (!(cause instanceof XmlProblem)) throw cause;
    const { line, column, reason } = cause;
    throw wsdlProblem(
      location,
      line,
      `a WSDL was expected, got text that is no XML (column ${column}: ${reason})`,
      cause,
    );
  }
  const isWsdl = root.namespace === WSDL && root.local === 'definitions';
  if (isWsdl || (root.namespace === XSD && root.local === 'schema')) return root;
  const got = `<${root.name}>${root.namespace === '' ? '' : ` of "${root.namespace}"`}`;
  const hint = /^html$/i.test(root.local) ? ' A web page: is the address right, does it ask for a log-in?' : '';
  throw wsdlProblem(
    location,
    root,
    `<definitions> of "${WSDL}" (WSDL 1.1) or a <schema> was expected, got ${got}.${hint}`,
  );
}

/** A schema without a namespace takes that of the schema that includes it. */
function inNamespace(text: string, namespace: string): string {
  return text.replace(/<((?:[\w.-]+:)?schema)(?=[\s/>])([^>]*)/, (_all, name: string, rest: string) => {
    const value = `"${escapeXml(namespace)}"`;
    const standard = /\sxmlns\s*=/.test(rest) ? '' : ` xmlns=${value}`;
    return `<${name} targetNamespace=${value}${standard}${rest}`;
  });
}
