// Whether a page of this platform sent a request. A session travels with every request of its browser, whoever made it send one.

import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** The name in a Host header, or of an origin, is one of this machine. */
export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && LOOPBACK.test(host);

export class OwnOrigin {
  /** Address of the platform as it was configured, or null. */
  readonly #public: URL | null;

  constructor(publicUrl: string | undefined) {
    this.#public = publicUrl === undefined ? null : new URL(publicUrl);
  }

  /** People reach the platform by TLS. */
  get isSecure(): boolean {
    return this.#public?.protocol === 'https:';
  }

  /** People reach the platform at this machine only, as far as it was told. */
  get isLoopback(): boolean {
    return this.#public === null || isLoopbackHost(this.#public.host);
  }

  /** The browser says that a page of this platform sent it. Without a word of the browser: no. */
  proves(headers: IncomingHttpHeaders): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin';
    return headers.origin !== undefined && this.#isOwn(headers.origin, headers.host);
  }

  /** The browser says that something else than a page of this platform, or a person, sent it. */
  denies(headers: IncomingHttpHeaders): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site !== 'same-origin' && site !== 'none';
    return headers.origin !== undefined && !this.#isOwn(headers.origin, headers.host);
  }

  /** A page at the address of the platform; where none was configured, at the address that was asked. */
  #isOwn(origin: string, host: string | undefined): boolean {
    if (host === undefined) return false;
    if (this.#public === null) return origin === `http://${host}` || origin === `https://${host}`;
    return origin === this.#public.origin || (isLoopbackHost(host) && origin === `http://${host}`);
  }
}
