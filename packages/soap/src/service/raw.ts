// A SOAP service without a WSDL: its author writes the body, and gets the answer parsed.

import { Fail } from '@sluice/sdk';
import { installOf } from '../call/endpoint.ts';
import { envelopeOf } from '../call/envelope.ts';
import { type CallOptions, exchange } from '../call/exchange.ts';
import type { SoapSecurity } from '../call/security.ts';
import type { SoapVersion } from '../wsdl/shape.ts';
import { contentOf } from '../xml/to-json.ts';
import { writeXml, type Xml } from '../xml/write.ts';
import type { Through } from './operation.ts';

export interface RawSoapOptions extends CallOptions {
  /** Default 1.1. */
  readonly version?: SoapVersion;
  readonly security?: SoapSecurity;
}

export interface RawCall extends Through {
  /** SOAPAction; default ''. */
  readonly action?: string;
}

export interface RawAnswer {
  /** Local name of the first element in the body; null when the service accepted and said nothing. */
  readonly name: string | null;
  /** Its content: elements by local name, repeated ones as lists, texts as they are. */
  readonly content: unknown;
  /** The whole envelope as XML; '' when there was none. */
  readonly xml: string;
}

export class RawSoapService {
  readonly #options: RawSoapOptions;

  constructor(options: RawSoapOptions = {}) {
    this.#options = options;
  }

  /**
   * @param body  markup of the body, made with `xml` so that values in it are escaped
   * @throws Fail, Redeliver, LimitReached or StopQuietly: what a fault or a status means for the message
   */
  async call(body: Xml, { action = '', header, ...through }: RawCall): Promise<RawAnswer> {
    const { security, version = '1.1', ...options } = this.#options;
    const proof = await security?.prove(await installOf(through));
    const envelope = envelopeOf(version, `${header ?? ''}${proof?.header ?? ''}`, body.markup);
    const operation = /<(?:[\w.-]+:)?([\w.-]+)/.exec(body.markup)?.[1] ?? '';
    if (operation === '') throw new Fail('The body of a SOAP call was expected to have an element.');
    const secrets = proof?.secrets ?? [];
    const answer = await exchange(envelope, { ...options, ...through, operation, version, action, secrets });
    const first = answer?.body.elements[0];
    return {
      name: first?.local ?? null,
      content: first ? contentOf(first) : null,
      xml: answer ? writeXml(answer.envelope) : '',
    };
  }
}

export function rawSoap(options?: RawSoapOptions): RawSoapService {
  return new RawSoapService(options);
}
