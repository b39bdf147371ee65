// Signs a delivery as a service would: for tests, and for services of one's own that report events.

import { type Verification, type VerificationInput, VerificationSchema } from '@sluice/protocol';
import { basicOf, digestOf, schemeOf } from './scheme.ts';

export interface SignedDelivery {
  /** To send beside the others. */
  readonly headers: Readonly<Record<string, string>>;
  /** To add to the address. */
  readonly query: Readonly<Record<string, string>>;
}

/**
 * What proves that a delivery is genuine, beside what stands in its body (`clientState` of Microsoft Graph).
 * @param body  exactly the bytes that are sent
 * @param now  epoch ms
 */
export function signDelivery(
  verification: VerificationInput,
  secret: string,
  body: string | Uint8Array,
  now = Date.now(),
): SignedDelivery {
  const how: Verification = VerificationSchema.parse(verification);
  if (how.kind === 'token') {
    const proof = { [how.name]: secret };
    return how.in === 'header' ? { headers: proof, query: {} } : { headers: {}, query: proof };
  }
  if (how.kind === 'basic') return { headers: { authorization: basicOf(how.user, secret) }, query: {} };
  const scheme = schemeOf(how);
  if (!scheme) return { headers: {}, query: {} };
  const { time, header } = scheme;
  const isIso = time?.in === 'header' && time.iso === true;
  const seconds = isIso ? new Date(now).toISOString() : String(Math.floor(now / 1_000));
  const signature = scheme.prefix + digestOf(scheme, secret, seconds, bytesOf(body));
  if (time?.in === 'signature') return { headers: { [header]: `t=${seconds},${signature}` }, query: {} };
  return { headers: { [header]: signature, ...(time ? { [time.name]: seconds } : {}) }, query: {} };
}

const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body);
