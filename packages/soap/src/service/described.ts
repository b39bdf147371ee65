// A whole service by its WSDL as what a worker offers: a connector for each operation.

import type { ServiceData } from '@sluice/protocol';
import { type Application, DescribedApplication } from '@sluice/sdk';
import { type SoapSecurity, usernameToken } from '../call/security.ts';
import type { Wsdl } from '../wsdl/wsdl.ts';
import { SoapConnector } from './connector.ts';
import { SoapOperation } from './operation.ts';

/** What is known of a service beside its WSDL. */
export interface SoapServiceData {
  /** Its connectors stand in `operations`, not in it. */
  readonly application: ServiceData;
  readonly operations: readonly SoapOperationData[];
  /** Who calls is said in the SOAP header, by the form `wsse`. */
  readonly usernameToken?: boolean;
}

export interface SoapOperationData {
  /** Without the key of the application. */
  readonly name: string;
  /** As the WSDL calls it. */
  readonly operation: string;
  readonly service: string;
  readonly port: string;
  readonly description?: string;
}

export const WSSE_FORM = 'wsse';

type Types = Readonly<Record<string, { readonly input: unknown; readonly output: unknown }>>;
type Of<T> = Extract<keyof T, string>;
type Member<T, K extends keyof T, M extends string> = T[K] extends Readonly<Record<M, infer V>> ? V : unknown;
type ConnectorClass<In, Out> = new (application: Application) => SoapConnector<In, Out>;

/** @typeParam T  input and output of each operation, by its name */
export class DescribedSoap<T extends object = Types> {
  readonly data: SoapServiceData;
  readonly #wsdl: Wsdl;
  readonly #security: SoapSecurity | undefined;

  constructor(data: SoapServiceData, wsdl: Wsdl) {
    this.data = data;
    this.#wsdl = wsdl;
    this.#security = data.usernameToken
      ? usernameToken({
          username: (install) => install!.text(WSSE_FORM, 'user'),
          password: (install) => install!.text(WSSE_FORM, 'password'),
        })
      : undefined;
  }

  application(): DescribedApplication {
    return new DescribedApplication(this.data.application);
  }

  /** To be called from code of your own. @throws Error when there is none of this name */
  operation<K extends Of<T>>(name: K): SoapOperation<Member<T, K, 'input'>, Member<T, K, 'output'>> {
    const { operation, service, port } = this.#about(name);
    const about = this.#wsdl.operation(operation, { service, port });
    // Where it is says the application.
    return new SoapOperation(this.#wsdl, about, {
      wsdl: this.#wsdl,
      ...(this.#security ? { security: this.#security } : {}),
    });
  }

  /** What a connector of your own for this operation extends. */
  connector<K extends Of<T>>(name: K): ConnectorClass<Member<T, K, 'input'>, Member<T, K, 'output'>> {
    const operation = this.operation(name);
    const { description } = this.#about(name);
    return class extends SoapConnector<Member<T, K, 'input'>, Member<T, K, 'output'>> {
      readonly name: string;
      override readonly application: Application;

      constructor(application: Application) {
        super(operation);
        this.application = application;
        this.name = `${application.key}-${name}`;
        if (description !== undefined) Object.assign(this, { description });
      }
    };
  }

  /** @param own  classes to take instead, by name of the operation */
  steps(
    application: Application,
    own: { readonly [K in Of<T>]?: new (application: Application) => SoapConnector } = {},
  ): readonly SoapConnector[] {
    const given = own as Readonly<Record<string, (new (application: Application) => SoapConnector) | undefined>>;
    return this.data.operations.map(({ name }) => {
      const Own = (Object.hasOwn(given, name) ? given[name] : undefined) ?? this.connector(name as Of<T>);
      return new Own(application) as SoapConnector;
    });
  }

  #about(name: string): SoapOperationData {
    const found = this.data.operations.find((one) => one.name === name);
    if (!found) throw new Error(`The WSDL of "${this.data.application.name}" has no operation "${name}".`);
    return found;
  }
}

export const describedSoap = <T extends object = Types>(data: SoapServiceData, wsdl: Wsdl): DescribedSoap<T> =>
  new DescribedSoap<T>(data, wsdl);
