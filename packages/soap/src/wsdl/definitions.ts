// Services, ports and operations of the documents of a WSDL. What one part refers to in another must be there.

import { SchemaWriter } from '../schema/schema-writer.ts';
import { type QName, qnameOf, Symbols } from '../schema/symbols.ts';
import { qualified, type XmlElement } from '../xml/tree.ts';
import type { WsdlDocument } from './documents.ts';
import { WSDL, WSDL_SOAP_11, WSDL_SOAP_12, XSD } from './namespaces.ts';
import { listed, wsdlProblem } from './problem.ts';
import type { SoapVersion, WsdlOperation, WsdlPort, WsdlService } from './shape.ts';

type Part = { readonly name: string; readonly part: XmlElement };
type Kind = 'binding' | 'portType' | 'message';

export class Definitions {
  readonly services: readonly WsdlService[];
  readonly symbols = new Symbols();
  readonly #parts = new Map<string, XmlElement>();
  readonly #places = new Map<XmlElement, string>();

  /** @throws Fail when something is referred to that is not there */
  constructor(documents: readonly WsdlDocument[]) {
    const services: XmlElement[] = [];
    for (const { root, location } of documents) {
      this.#places.set(root, location);
      if (root.namespace === XSD) this.symbols.add(root, location);
      const namespace = root.attribute('targetNamespace') ?? '';
      for (const child of root.namespace === WSDL ? root.elements : []) {
        if (child.namespace !== WSDL) continue;
        const name = child.attribute('name') ?? '';
        if (child.local === 'types')
          for (const schema of child.elements)
            if (schema.namespace === XSD && schema.local === 'schema') this.symbols.add(schema, location);
        if (child.local === 'service') services.push(child);
        this.#parts.set(keyOf(child.local, { namespace, local: name }), child);
      }
    }
    this.services = services.map((service) => this.#service(service));
    if (this.services.some(({ ports }) => ports.length > 0)) return;
    const [first] = documents;
    throw wsdlProblem(
      first!.location,
      first!.root,
      'a service with a port that speaks SOAP was expected (<soap:binding> or <soap12:binding>); there is none.',
    );
  }

  #problem(at: XmlElement, what: string): Error {
    let root = at;
    while (root.parent) root = root.parent;
    return wsdlProblem(this.#places.get(root) ?? 'WSDL', at, what);
  }

  /** What an attribute refers to. */
  #referred(kind: Kind, from: XmlElement, attribute: string): XmlElement {
    const written = from.attribute(attribute);
    if (written === undefined) throw this.#problem(from, `<${from.name}> needs "${attribute}", the name of a ${kind}.`);
    const name = qnameOf(written, from, (what) => this.#problem(from, what));
    const found = this.#parts.get(keyOf(kind, name));
    if (found) return found;
    const start = `${kind} `;
    const known = [...this.#parts.keys()].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
    throw this.#problem(
      from,
      `${kind} "${qualified(name.namespace, name.local)}" is not defined. Defined are: ${listed(known)}.`,
    );
  }

  #service(service: XmlElement): WsdlService {
    const name = service.attribute('name') ?? '';
    const ports = childrenOf(service, 'port').flatMap((port) => this.#port(port, name) ?? []);
    return { name, ports };
  }

  /** null when it is not of SOAP */
  #port(port: XmlElement, service: string): WsdlPort | null {
    const binding = this.#referred('binding', port, 'binding');
    const spoken = soapChild(binding, 'binding');
    if (!spoken) return null;
    const version: SoapVersion = spoken.namespace === WSDL_SOAP_12 ? '1.2' : '1.1';
    const about = {
      service,
      port: port.attribute('name') ?? '',
      version,
      address: soapChild(port, 'address')?.attribute('location') ?? null,
    };
    const style = spoken.attribute('style') ?? 'document';
    const portType = this.#referred('portType', binding, 'type');
    const operations = childrenOf(binding, 'operation').map((bound) => this.#operation(bound, portType, style, about));
    return { name: about.port, version, address: about.address, operations };
  }

  #operation(
    bound: XmlElement,
    portType: XmlElement,
    defaultStyle: string,
    about: Pick<WsdlOperation, 'service' | 'port' | 'version' | 'address'>,
  ): WsdlOperation {
    const name = bound.attribute('name') ?? '';
    const abstract = childrenOf(portType, 'operation').find((one) => one.attribute('name') === name);
    if (!abstract) {
      const known = childrenOf(portType, 'operation').map((one) => one.attribute('name') ?? '');
      throw this.#problem(
        bound,
        `operation "${name}" is not in portType "${portType.attribute('name')}". There are: ${listed(known)}.`,
      );
    }
    const spoken = soapChild(bound, 'operation');
    const style = (spoken?.attribute('style') ?? defaultStyle) === 'rpc' ? 'rpc' : 'document';
    const [request] = childrenOf(abstract, 'input');
    const [response] = childrenOf(abstract, 'output');
    const input = request ? this.#body(request, childrenOf(bound, 'input')[0]) : [];
    const output = response ? this.#body(response, childrenOf(bound, 'output')[0]) : null;
    const [boundInput] = childrenOf(bound, 'input');
    const use = boundInput && soapChild(boundInput, 'body')?.attribute('use') === 'encoded' ? 'encoded' : 'literal';
    const documentation = childrenOf(abstract, 'documentation')[0]?.text.trim();
    const [answered] = style === 'document' ? (output ?? []) : [];
    const element = answered ? this.#elementOf(answered.part) : null;
    const schemaOf = (parts: readonly Part[], direction: 'input' | 'output') => {
      const writer = new SchemaWriter(this.symbols, direction);
      const [first] = parts;
      if (style === 'rpc' || !first) return writer.finished(writer.parts(parts));
      const root = this.#elementOf(first.part);
      return writer.finished(root ? writer.root(root) : writer.parts(parts));
    };
    return {
      ...about,
      name,
      ...(documentation ? { documentation } : {}),
      action: spoken?.attribute('soapAction') ?? '',
      style,
      use,
      oneWay: output === null,
      answer: element ? nameOf(element) : null,
      // Most services have more operations than a connector calls.
      get input() {
        return schemaOf(input, 'input');
      },
      get output() {
        return output === null ? null : schemaOf(output, 'output');
      },
    };
  }

  /** Parts of a message that stand in the body. */
  #body(of: XmlElement, bound: XmlElement | undefined): readonly Part[] {
    const message = this.#referred('message', of, 'message');
    const written = bound && soapChild(bound, 'body')?.attribute('parts');
    const chosen = written === undefined ? null : new Set(written.split(/\s+/));
    const inHeader = new Set(
      (bound?.elements ?? []).flatMap((one) => (one.local === 'header' ? (one.attribute('part') ?? []) : [])),
    );
    return childrenOf(message, 'part')
      .map((part) => ({ name: part.attribute('name') ?? '', part }))
      .filter(({ name }) => (chosen ? chosen.has(name) : !inHeader.has(name)));
  }

  #elementOf(part: XmlElement): XmlElement | null {
    const written = part.attribute('element');
    if (written === undefined) return null;
    const name = qnameOf(written, part, (what) => this.#problem(part, what));
    const found = this.symbols.find('element', name);
    if (found) return found;
    throw this.#problem(
      part,
      `element "${qualified(name.namespace, name.local)}" is defined in no schema of this WSDL.`,
    );
  }
}

const keyOf = (kind: string, { namespace, local }: QName): string => `${kind} ${qualified(namespace, local)}`;

const childrenOf = (of: XmlElement, local: string): XmlElement[] =>
  of.elements.filter((child) => child.namespace === WSDL && child.local === local);

const soapChild = (of: XmlElement, local: string): XmlElement | undefined =>
  of.elements.find(
    (child) => child.local === local && (child.namespace === WSDL_SOAP_11 || child.namespace === WSDL_SOAP_12),
  );

function nameOf(element: XmlElement): QName {
  return { namespace: element.parent?.attribute('targetNamespace') ?? '', local: element.attribute('name') ?? '' };
}
