// How services sign what they deliver. Presets of services are rows of one table, so that signing and checking are each
// written once.

import { createHmac } from 'node:crypto';
import type { Verification } from '@sluice/protocol';

/** A delivery signed longer ago, or further in the future, is refused: a copied one is of use only for a while. */
export const DELIVERY_TOLERANCE_S = 300;

export interface Scheme {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  /** Header with the signature. */
  readonly header: string;
  /** Before the digest in that header. */
  readonly prefix: string;
  /** Where the time of signing stands; null when it is not signed, and then a copy cannot be told by its age. */
  readonly time:
    | { readonly in: 'header'; readonly name: string; readonly iso?: boolean }
    | { readonly in: 'signature' }
    | null;
  /** The secret is base64 of bytes. */
  readonly secretIsBase64?: boolean;
  /** What is signed before the body, and after it: the time, as it is said. */
  before(time: string): string;
  after?(time: string): string;
}

const nothing = (): string => '';

const PRESETS = {
  github: {
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
    time: null,
    before: nothing,
  },
  shopify: {
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'x-shopify-hmac-sha256',
    prefix: '',
    time: null,
    before: nothing,
  },
  slack: {
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'x-slack-signature',
    prefix: 'v0=',
    time: { in: 'header', name: 'x-slack-request-timestamp' },
    before: (seconds) => `v0:${seconds}:`,
  },
  zendesk: {
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'x-zendesk-webhook-signature',
    prefix: '',
    time: { in: 'header', name: 'x-zendesk-webhook-signature-timestamp', iso: true },
    before: (time) => time,
  },
  /** `t=<seconds>,v1=<digest>`, perhaps with several v1 while its secret changes. */
  stripe: {
    algorithm: 'sha256',
    encoding: 'hex',
    header: 'stripe-signature',
    prefix: 'v1=',
    time: { in: 'signature' },
    before: (seconds) => `${seconds}.`,
  },
  /** The time stands behind the body, as a text of ISO 8601. */
  box: {
    algorithm: 'sha256',
    encoding: 'base64',
    header: 'box-signature-primary',
    prefix: '',
    time: { in: 'header', name: 'box-delivery-timestamp', iso: true },
    before: nothing,
    after: (time) => time,
  },
} as const satisfies Record<string, Scheme>;

/** Null where nothing is signed: the proof is a text that comes along, or the address alone. */
export function schemeOf(verification: Verification): Scheme | null {
  switch (verification.kind) {
    case 'address':
    case 'token':
    case 'basic':
    case 'microsoft-graph':
      return null;
    case 'hmac': {
      const { algorithm, encoding, header, prefix, timestampHeader, separator, secretEncoding } = verification;
      return {
        algorithm,
        encoding,
        header: header.toLowerCase(),
        prefix,
        time: timestampHeader ? { in: 'header', name: timestampHeader.toLowerCase() } : null,
        secretIsBase64: secretEncoding === 'base64',
        before: timestampHeader ? (seconds) => `${seconds}${separator}` : nothing,
      };
    }
    default:
      return PRESETS[verification.kind];
  }
}

/** The digest as the header says it, without its prefix. */
export function digestOf(scheme: Scheme, secret: string, time: string, body: Uint8Array): string {
  const key = scheme.secretIsBase64 ? Buffer.from(secret, 'base64') : secret;
  const { algorithm, encoding, after = nothing } = scheme;
  return createHmac(algorithm, key).update(scheme.before(time)).update(body).update(after(time)).digest(encoding);
}

/** What HTTP Basic sends. */
export const basicOf = (user: string, secret: string): string =>
  `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
