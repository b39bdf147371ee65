// Mutual TLS: the certificate with which a request proves who sends it.

import { createHash, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { Fail } from '../step/errors.ts';

/** All as PEM text. */
export interface ClientTls {
  /** The certificate, and behind it those between it and its issuer. */
  readonly cert: string;
  readonly key: string;
  readonly passphrase?: string;
  /** Issuers of the remote service's certificate; default those that Node.js trusts. */
  readonly ca?: string;
  /** Name that the remote service's certificate must have; default the host of the URL. */
  readonly servername?: string;
}

/** Equal for equal certificates; nothing can be read out of it. */
export function fingerprintOf({ cert, key, passphrase, ca, servername }: ClientTls): string {
  return createHash('sha256')
    .update(JSON.stringify([cert, key, passphrase, ca, servername]))
    .digest('base64');
}

/**
 * @param now  epoch milliseconds
 * @throws Fail when the request could not prove anything: no TLS, or a certificate that is not valid now
 */
export function assertInForce({ cert }: ClientTls, url: URL, now: number): void {
  if (url.protocol !== 'https:') throw new Fail(`A client certificate needs a URL with https:, got ${url.protocol}//.`);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch (cause) {
    throw new Fail('The client certificate cannot be read. A certificate as PEM text was expected.', { cause });
  }
  const { validFrom, validTo } = certificate;
  if (now > Date.parse(validTo)) throw new Fail(`The client certificate expired on ${dateOf(validTo)}. Put a new one.`);
  if (now < Date.parse(validFrom)) throw new Fail(`The client certificate is valid from ${dateOf(validFrom)} only.`);
}

/** @throws Fail when certificate, key and passphrase do not belong together or cannot be read */
export function assertUsable({ cert, key, passphrase, ca }: ClientTls): void {
  try {
    createSecureContext({ cert, key, ...(passphrase && { passphrase }), ...(ca && { ca }) });
  } catch (cause) {
    // Texts of OpenSSL say what it tripped over, never what it read.
    throw new Fail(`The client certificate cannot be used: ${whyUnusable(cause as NodeJS.ErrnoException, key)}.`);
  }
}

const ALERTS: readonly (readonly [RegExp, string])[] = [
  [/CERTIFICATE_REQUIRED/, 'it wants a client certificate'],
  // TLS 1.2 has no alert of its own for a missing certificate.
  [
    /HANDSHAKE_FAILURE/,
    'no secure connection could be agreed on: perhaps it wants a client certificate, or another one',
  ],
  [/CERTIFICATE_EXPIRED/, 'it takes the client certificate for expired'],
  [/CERTIFICATE_REVOKED/, 'the client certificate was revoked'],
  [/UNKNOWN_CA/, 'it does not know the issuer of the client certificate'],
  [/BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_UNKNOWN|ACCESS_DENIED/, 'it refuses the client certificate'],
];

/** What an alert of the remote side says about our certificate. @returns null when the error is no such alert */
export function alertOf(error: NodeJS.ErrnoException): string | null {
  if (!/ALERT/.test(error.code ?? '')) return null;
  return ALERTS.find(([code]) => code.test(error.code ?? ''))?.[1] ?? null;
}

function whyUnusable({ code = '', message }: NodeJS.ErrnoException, key: string): string {
  if (/VALUES_MISMATCH|TYPE_MISMATCH/.test(code)) return 'the key is not the key of the certificate';
  // One wrong passphrase in some hundreds opens a key to what is then no key.
  if (/BAD_DECRYPT|PASSWORD|PASSPHRASE|INTERRUPTED/i.test(code + message) || key.includes('ENCRYPTED'))
    return 'the passphrase does not open the key';
  if (/NO_START_LINE|DECODER|PEM|ASN1|UNSUPPORTED/i.test(code))
    return 'certificate, key and issuers were expected as PEM text';
  return code || 'OpenSSL does not take it';
}

const dateOf = (text: string): string => new Date(text).toISOString().slice(0, 10);
