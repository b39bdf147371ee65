// A SOAP service by its WSDL, for all connectors that call it.

import { Fail } from '@sluice/sdk';
import type { CallOptions } from '../call/exchange.ts';
import type { SoapSecurity } from '../call/security.ts';
import { readWsdlFile } from '../wsdl/read.ts';
import type { SoapVersion } from '../wsdl/shape.ts';
import type { Wsdl } from '../wsdl/wsdl.ts';
import { SoapOperation } from './operation.ts';

export interface SoapServiceOptions extends CallOptions {
  /** Path of a file, or what `fetchWsdl` and `parseWsdl` gave. */
  readonly wsdl: string | Wsdl;
  /** Names of the WSDL, when it has several. */
  readonly service?: string;
  readonly port?: string;
  /** Version that is spoken; default that of the port. */
  readonly version?: SoapVersion;
  readonly security?: SoapSecurity;
}

export class SoapService {
  readonly wsdl: Wsdl;
  readonly #options: SoapServiceOptions;

  constructor(options: SoapServiceOptions) {
    this.#options = options;
    this.wsdl = typeof options.wsdl === 'string' ? readWsdlFile(options.wsdl) : options.wsdl;
  }

  /**
   * @throws Fail `soap.wsdl` with the operations there are, when there is none of this name
   */
  operation<In = unknown, Out = unknown>(name: string): SoapOperation<In, Out> {
    const { service, port, version } = this.#options;
    const choice = { ...(service ? { service } : {}), ...(port ? { port } : {}) };
    const hasVersion = this.wsdl.services.some((one) => one.ports.some((other) => other.version === version));
    const about = this.wsdl.operation(name, version && hasVersion ? { ...choice, version } : choice);
    this.#expectSameServer(about.address);
    return new SoapOperation<In, Out>(this.wsdl, about, this.#options);
  }

  /** What came from one server does not decide that calls, with their secrets, go to another. */
  #expectSameServer(address: string | null): void {
    const { location } = this.wsdl;
    if (this.#options.endpoint !== undefined || !/^https?:/i.test(location) || address === null) return;
    if (!URL.canParse(address) || new URL(address).origin === new URL(location).origin) return;
    throw new Fail(
      `The WSDL of ${new URL(location).origin} sends calls to ${new URL(address).origin}. When that is right, say it: "endpoint".`,
      { code: 'soap.wsdl' },
    );
  }
}

/** @throws Fail `soap.wsdl` when the WSDL cannot be read */
export function soapService(options: SoapServiceOptions): SoapService {
  return new SoapService(options);
}
