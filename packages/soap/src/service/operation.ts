// One operation of a service, typed: JSON in, JSON out.

import type { JsonSchema } from '@sluice/protocol';
import { Fail } from '@sluice/sdk';
import { Client, type IHttpClient } from 'soap';
import { decoded } from '../call/decode.ts';
import { installOf, type Target } from '../call/endpoint.ts';
import { exchange } from '../call/exchange.ts';
import { ordered } from '../call/order.ts';
import { sendable } from '../call/values.ts';
import type { SoapVersion, WsdlOperation } from '../wsdl/shape.ts';
import type { Wsdl } from '../wsdl/wsdl.ts';
import { named } from '../xml/to-json.ts';
import { qualified, type XmlElement } from '../xml/tree.ts';
import type { Xml } from '../xml/write.ts';
import type { SoapServiceOptions } from './service.ts';

/** What a call goes through: in a step `{ http: context.http }`, with an application `api: context.api` as well. */
export interface Through extends Pick<Target, 'http' | 'api' | 'path'> {
  /** HTTP headers of this call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Markup of the SOAP header of this call, beside that of the security. */
  readonly header?: Xml | undefined;
}

export class SoapOperation<In = unknown, Out = unknown> {
  /** What the WSDL says of it. */
  readonly about: WsdlOperation;
  readonly #wsdl: Wsdl;
  readonly #options: SoapServiceOptions;
  #input: JsonSchema | null = null;
  #output: JsonSchema | null = null;

  constructor(wsdl: Wsdl, about: WsdlOperation, options: SoapServiceOptions) {
    this.#wsdl = wsdl;
    this.about = about;
    this.#options = options;
  }

  get name(): string {
    return this.about.name;
  }

  /** JSON Schema of what `call` takes. */
  get input(): JsonSchema {
    this.#input ??= this.about.input;
    return this.#input;
  }

  /** JSON Schema of what `call` gives; of null for a one-way operation. */
  get output(): JsonSchema {
    this.#output ??= this.about.output ?? { type: 'null' };
    return this.#output;
  }

  /**
   * @returns content of the answer; null for a one-way operation
   * @throws Fail, Redeliver, LimitReached or StopQuietly: what a fault or a status means for the message
   */
  async call(input: In, through: Through): Promise<Out> {
    const { about } = this;
    const { security, endpoint, version = about.version, faults, statuses, timeoutMs, maxBytes } = this.#options;
    const proof = await security?.prove(await installOf(through));
    const header = `${through.header ?? ''}${proof?.header ?? ''}`;
    const envelope = await this.#written(ordered(sendable(input, about.style), this.input), header, version);
    const answer = await exchange(envelope, {
      ...through,
      operation: about.name,
      version,
      action: about.action,
      endpoint,
      address: about.address,
      secrets: proof?.secrets ?? [],
      ...(faults ? { faults } : {}),
      ...(statuses ? { statuses } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(maxBytes === undefined ? {} : { maxBytes }),
    });
    if (about.oneWay) return null as Out;
    if (!answer) throw this.#unreadable('a SOAP answer was expected, it was accepted without one');
    return this.#read(answer.body);
  }

  /** The envelope, by the library. */
  async #written(input: unknown, header: string, version: SoapVersion): Promise<string> {
    const { about } = this;
    const library = await this.#wsdl.library();
    return new Promise((resolve, reject) => {
      const httpClient = { request: (_url: string, envelope: string) => resolve(envelope) } as unknown as IHttpClient;
      // One for each call: it has a header and a version of its own.
      const client = new Client(library, 'http://endpoint.invalid/', {
        httpClient,
        ...(version === '1.2' ? { forceSoap12Headers: true } : {}),
      });
      if (header !== '') client.setSecurity({ toXML: () => header });
      const method = client[about.service]?.[about.port]?.[about.name] as LibraryMethod | undefined;
      if (method) method(input, (cause) => reject(cause));
      else reject(new Fail(`The SOAP library does not find "${about.name}" in ${this.#wsdl.location}.`));
    });
  }

  /** Elements that nobody expects would be read as nothing, in silence. */
  #read(body: XmlElement): Out {
    const { answer } = this.about;
    const [first] = body.elements;
    const isExpected = answer ? first?.local === answer.local && first.namespace === answer.namespace : first;
    if (!first || !isExpected) {
      const wanted = answer ? `<${qualified(answer.namespace, answer.local)}>` : 'an element';
      throw this.#unreadable(
        `${wanted} was expected in the body of the answer, got ${first ? named(first) : 'an empty body'}`,
      );
    }
    try {
      return decoded(first, this.output, this.about.use === 'encoded' ? body : null) as Out;
    } catch (cause) {
      throw this.#unreadable((cause as Error).message, cause);
    }
  }

  #unreadable(why: string, cause?: unknown): Fail {
    return new Fail(`"${this.name}": ${why.replace(/\.$/, '')}.`, { code: 'soap.answer', cause });
  }
}

type LibraryMethod = (input: unknown, done: (error: unknown) => void) => void;
