// Who is at the other end: the address of the client, and what a proxy in front says of it. Only proxies that the operator
// names are believed; what anybody else claims about itself is worth nothing.

import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type Block, contains, parseAddress, parseBlock } from '@sluice/protocol';

export class TrustedProxies {
  readonly #blocks: readonly Block[];

  /** @param blocks  `10.0.0.0/8`, `fd00::/8`, or one address @throws Error when one cannot be read */
  constructor(blocks: readonly string[] = []) {
    this.#blocks = blocks.map((text) => {
      const block = parseBlock(text);
      if (!block) throw new Error(`A trusted proxy is an address or a block such as 10.0.0.0/8, got "${text}".`);
      return block;
    });
  }

  has(text: string): boolean {
    if (this.#blocks.length === 0) return false;
    const address = parseAddress(text);
    return address !== null && this.#blocks.some((block) => contains(block, address));
  }
}

export interface Peer {
  /** Of the client, as far as those who say so are trusted. */
  readonly address: string;
  /** `X-Forwarded-For` as it is handed on: what trusted proxies said, and who spoke to us. */
  readonly forwardedFor: string;
  readonly scheme: 'http' | 'https';
  /** The other end of the connection is a trusted proxy. */
  readonly proxied: boolean;
}

export function peerOf(request: IncomingMessage, proxies: TrustedProxies): Peer {
  const socket = request.socket.remoteAddress ?? 'unknown';
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  if (!proxies.has(socket)) return { address: socket, forwardedFor: socket, scheme, proxied: false };
  const said = String(request.headers['x-forwarded-for'] ?? '');
  const chain = said === '' ? [] : said.split(',').map((part) => part.trim());
  // From the right: each was written by the one after it, so the first that is no trusted proxy is the client.
  let address = socket;
  for (const one of chain.reverse()) {
    if (isIP(one) === 0) break;
    address = one;
    if (!proxies.has(one)) break;
  }
  return {
    address,
    forwardedFor: said === '' ? socket : `${said}, ${socket}`,
    scheme: request.headers['x-forwarded-proto'] === 'https' ? 'https' : scheme,
    proxied: true,
  };
}

export interface ClientCertificate {
  /** SHA-256, as `AB:CD:…`. */
  readonly fingerprint: string;
  /** `O=Shop,CN=till-7`. */
  readonly subject: string;
}

/**
 * The certificate that a client proved to have: to this process, or to a trusted proxy that says so in `Client-Cert`
 * (RFC 9440).
 * @returns null when there is none, or when no trusted authority gave it out
 */
export function certificateOf(request: IncomingMessage, proxied: boolean): ClientCertificate | null {
  const socket = request.socket as TLSSocket;
  if (socket.encrypted && socket.authorized) {
    const own = socket.getPeerX509Certificate();
    if (own) return shown(own);
  }
  const said = request.headers['client-cert'];
  if (!proxied || typeof said !== 'string') return null;
  const der = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(said)?.[1];
  if (der === undefined) return null;
  try {
    return shown(new X509Certificate(Buffer.from(der, 'base64')));
  } catch {
    return null; // not a certificate: the same as none
  }
}

const shown = (certificate: X509Certificate): ClientCertificate => ({
  fingerprint: certificate.fingerprint256,
  subject: certificate.subject.split('\n').join(','),
});
