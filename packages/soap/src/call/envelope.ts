// An envelope around a body that its author wrote.

import { Fail } from '@sluice/sdk';
import { ENVELOPE_11, ENVELOPE_12 } from '../wsdl/namespaces.ts';
import type { SoapVersion } from '../wsdl/shape.ts';
import { readXml, XmlProblem } from '../xml/read.ts';

/**
 * @param header  markup of the header; '' for none
 * @throws Fail when header or body are not well-formed
 */
export function envelopeOf(version: SoapVersion, header: string, body: string): string {
  const head = header === '' ? '' : `<soap:Header>${header}</soap:Header>`;
  const namespace = version === '1.2' ? ENVELOPE_12 : ENVELOPE_11;
  const envelope = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${namespace}">${head}<soap:Body>${body}</soap:Body></soap:Envelope>`;
  try {
    const parts = readXml(envelope).elements.map(({ local }) => local);
    if (parts.join() === (header === '' ? 'Body' : 'Header,Body')) return envelope;
  } catch (cause) {
    if (!(cause instanceof XmlProblem)) throw cause;
    throw new Fail(`The body of a SOAP call was expected to be well-formed XML: ${cause.reason}.`, { cause });
  }
  throw new Fail('The body of a SOAP call closes the envelope around it.');
}
