// What a WSDL says, as values.

import type { JsonSchema } from '@sluice/protocol';

export type SoapVersion = '1.1' | '1.2';

export interface WsdlService {
  readonly name: string;
  /** Ports that speak SOAP. */
  readonly ports: readonly WsdlPort[];
}

export interface WsdlPort {
  readonly name: string;
  readonly version: SoapVersion;
  /** URL that the WSDL names; null when it names none. */
  readonly address: string | null;
  readonly operations: readonly WsdlOperation[];
}

export interface WsdlOperation {
  readonly name: string;
  readonly service: string;
  readonly port: string;
  readonly version: SoapVersion;
  readonly address: string | null;
  readonly documentation?: string;
  /** SOAPAction. */
  readonly action: string;
  readonly style: 'document' | 'rpc';
  readonly use: 'literal' | 'encoded';
  /** Nothing is answered. */
  readonly oneWay: boolean;
  /** Element of the answer; null when it is of rpc style, or there is none. */
  readonly answer: { readonly namespace: string; readonly local: string } | null;
  /** JSON that a call takes. */
  readonly input: JsonSchema;
  /** JSON that a call gives; null for a one-way operation. */
  readonly output: JsonSchema | null;
}
