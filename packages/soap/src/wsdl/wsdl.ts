// A WSDL that was read: what it offers, and how an operation is found in it.

import { Fail } from '@sluice/sdk';
import type { WSDL as LibraryWsdl } from 'soap';
import { Definitions } from './definitions.ts';
import type { WsdlDocument } from './documents.ts';
import { libraryWsdl } from './library.ts';
import { listed, WSDL_CODE, wsdlProblem } from './problem.ts';
import type { SoapVersion, WsdlOperation, WsdlService } from './shape.ts';

/** Which of several operations of one name is meant. */
export interface OperationChoice {
  readonly service?: string;
  readonly port?: string;
  readonly version?: SoapVersion;
}

export class Wsdl {
  /** Path or address; `WSDL` for one given as text. */
  readonly location: string;
  readonly #documents: readonly WsdlDocument[];
  readonly #definitions: Definitions;
  #library: Promise<LibraryWsdl> | null = null;

  constructor(documents: readonly WsdlDocument[]) {
    this.location = documents[0]!.location;
    this.#documents = documents;
    this.#definitions = new Definitions(documents);
  }

  /** Paths or addresses of itself and of all that it imports. */
  get locations(): readonly string[] {
    return [...new Set(this.#documents.map(({ location }) => location))];
  }

  get services(): readonly WsdlService[] {
    return this.#definitions.services;
  }

  /**
   * The first operation of this name that fits the choice, in the order of the WSDL.
   * @throws Fail `soap.wsdl` with the operations there are
   */
  operation(name: string, { service, port, version }: OperationChoice = {}): WsdlOperation {
    const all = this.services.flatMap(({ ports }) => ports.flatMap(({ operations }) => operations));
    const found = all.find(
      (one) =>
        one.name === name &&
        (service === undefined || one.service === service) &&
        (port === undefined || one.port === port) &&
        (version === undefined || one.version === version),
    );
    if (found) return found;
    const wanted = [service && `service "${service}"`, port && `port "${port}"`, version && `SOAP ${version}`];
    const where = wanted.filter(Boolean).join(', ');
    const known = [...new Set(all.map((one) => `${one.name} (${one.service}/${one.port}, SOAP ${one.version})`))];
    throw wsdlProblem(
      this.location,
      null,
      `there is no operation "${name}"${where === '' ? '' : ` in ${where}`}. There are: ${listed(known)}.`,
    );
  }

  /** For writing bodies. */
  library(): Promise<LibraryWsdl> {
    this.#library ??= libraryWsdl(this.#documents).catch((cause: unknown) => {
      throw new Fail(`${this.location}: the SOAP library cannot work by this WSDL: ${(cause as Error).message}`, {
        code: WSDL_CODE,
        cause,
      });
    });
    return this.#library;
  }
}
