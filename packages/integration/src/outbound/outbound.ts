// Requests to the service of an application that need none of its code: the address, the proof of an install, and the limits
// that all its users share. The proof is made by the same classes that the worker has.

import { type ApplicationManifest, fillTemplate, SluiceError } from '@sluice/protocol';
import { authOf, type ClientTls, connectionsFor, Fail, type HttpRequest, Install, settle } from '@sluice/sdk';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { Installs } from '../installs/installs.ts';
import type { SyncCalls } from '../sync/calls.ts';
import { applicationLimitKeys } from '../sync/limits.ts';

export interface OutboundRequest {
  /** Below the base address, with a leading slash and the query. */
  readonly path: string;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whole where `signsBody`, else it may be null and follow as a stream. */
  readonly body: Uint8Array | null;
}

export interface SignedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Connections that must be used; null = any. */
  readonly dispatcher: ReturnType<typeof connectionsFor> | null;
  /** Revision of the token that proves it; null = there is none that could be renewed. */
  readonly token: number | null;
}

const SIGNS_BODY = new Set(['hmac', 'aws-sigv4', 'oauth1']);

export class Outbound {
  readonly #catalogue: ApplicationCatalogue;
  readonly #installs: Installs;
  readonly #calls: SyncCalls;
  readonly #now: () => number;

  constructor(parts: { catalogue: ApplicationCatalogue; installs: Installs; calls: SyncCalls; now: () => number }) {
    this.#catalogue = parts.catalogue;
    this.#installs = parts.installs;
    this.#calls = parts.calls;
    this.#now = parts.now;
  }

  /** Why only its worker can send its requests, in words, or null. @throws SluiceError `application.unknown` */
  problem(key: string): string | null {
    const { auth, baseUrl, ownProof } = this.#manifest(key);
    if (baseUrl === undefined) return `the application "${key}" has no base address`;
    if (ownProof || (auth && !authOf(auth)))
      return `requests of the application "${key}" can be proven by the code of its worker only: lead the route to one of its methods or connectors`;
    return null;
  }

  signsBody(key: string): boolean {
    const { auth } = this.#manifest(key);
    return auth !== undefined && SIGNS_BODY.has(auth.kind);
  }

  /** @throws SluiceError `limit.reached` */
  permit(key: string, user: string, signal: AbortSignal): Promise<() => void> {
    return this.#calls.permit(applicationLimitKeys(this.#manifest(key), user), { user, signal });
  }

  async full(key: string, user: string, untilMs: number | undefined): Promise<void> {
    await this.#calls.full(applicationLimitKeys(this.#manifest(key), user), untilMs);
  }

  /**
   * @param refused  revision of the token that the service refused
   * @throws SluiceError `install.unknown`, `install.disabled`, `gateway.install_unfit`, or of the provider
   */
  async signed(key: string, user: string, request: OutboundRequest, refused?: number): Promise<SignedRequest> {
    const manifest = this.#manifest(key);
    const needsInstall = manifest.auth !== undefined || manifest.forms.length > 0;
    const install = needsInstall ? new Install(await this.#installs.forWorker(key, user, refused)) : null;
    try {
      return await this.#sign(manifest, install, request);
    } catch (cause) {
      if (!(cause instanceof Fail)) throw cause;
      throw new SluiceError('gateway.install_unfit', { application: key, user, reason: cause.message }, { cause });
    }
  }

  async #sign(
    manifest: ApplicationManifest,
    install: Install | null,
    request: OutboundRequest,
  ): Promise<SignedRequest> {
    const { url: base, userGivenHost } = baseOf(manifest, install);
    const plain: HttpRequest = {
      url: base.replace(/\/+$/, '') + request.path,
      method: request.method as NonNullable<HttpRequest['method']>,
      headers: request.headers,
      ...(request.body ? { body: request.body } : {}),
    };
    const auth = manifest.auth && authOf(manifest.auth, this.#now);
    const { url, headers, tls } = settle(auth ? await auth.sign(plain, install) : plain);
    return {
      url: new URL(url),
      headers: lowerCase(headers),
      dispatcher: userGivenHost || tls ? connectionsOf(userGivenHost, tls) : null,
      token: install?.token?.revision ?? null,
    };
  }

  #manifest(key: string): ApplicationManifest {
    return this.#catalogue.find(key).application;
  }
}

/** A host that a user filled in must not lead into the network of the platform. */
const connectionsOf = (guarded: boolean, tls: ClientTls | undefined) =>
  connectionsFor({ ...(guarded ? { guard: true as const } : {}), ...(tls ? { tls } : {}) });

function baseOf({ key, baseUrl = '' }: ApplicationManifest, install: Install | null) {
  try {
    return fillTemplate(baseUrl, install?.settings ?? {});
  } catch (cause) {
    throw new Fail(`"${key}": ${(cause as Error).message}`, { cause, code: 'install.incomplete' });
  }
}

/** The proof is written last, so of two spellings of a name it is what stays. */
const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
