// A1: every route denies by default. A route says its scope, or says in so many words that it is open; one that says
// neither cannot be registered.

import type { Identity, Sessions, Tokens } from '@sluice/identity';
import { type Scope, SluiceError } from '@sluice/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SessionCookie } from './cookies.ts';
import type { OwnOrigin } from './same-origin.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Scope that is needed for this route. */
    scope?: Scope;
    /** Why this route needs no token. */
    open?: string;
  }
  interface FastifyRequest {
    identity: Identity | null;
  }
}

/** The token of a request, from either of the two headers; never from the URL. */
export function tokenOf(headers: FastifyRequest['headers']): string | undefined {
  const { authorization } = headers;
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  const key = headers['orchesty-api-key'];
  return typeof key === 'string' ? key : undefined;
}

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
}

/** By what requests are known. */
export interface Proofs {
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly origin: OwnOrigin;
}

/** @returns the table of routes, which fills as they are registered */
export function installGuard(app: FastifyInstance, proofs: Proofs): readonly RouteEntry[] {
  const routes: RouteEntry[] = [];
  app.decorateRequest('identity', null);
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.scope && !config?.open)
      throw new Error(`The route ${String(method)} ${url} declares neither a scope nor that it is open.`);
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url });
  });
  // Not an async function: it stands in the way of every message.
  app.addHook('onRequest', (request, _reply, done) => {
    try {
      admit(request, proofs);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  });
  return routes;
}

/** @throws SluiceError of the token or session, `auth.cross_site`, `auth.scope` */
function admit(request: FastifyRequest, proofs: Proofs): void {
  // An unknown path has nothing to protect, and says so instead of asking for a token.
  if (request.is404) return;
  const { scope, open } = request.routeOptions.config;
  if (open) return;
  const { headers } = request;
  const token = tokenOf(headers);
  const identity =
    token === undefined && headers.cookie !== undefined
      ? ofSession(request, headers.cookie, proofs)
      : proofs.tokens.identify(token);
  // Known from here on, so that what is refused is known to be of somebody.
  request.identity = identity;
  if (!scope || !identity.scopes.has(scope)) throw new SluiceError('auth.scope', { scope: scope ?? 'none' });
}

/** A browser sends its session with whatever any page makes it send, so that alone proves nothing. */
function ofSession(request: FastifyRequest, header: string, { sessions, cookie, origin, tokens }: Proofs): Identity {
  const secret = cookie.read(header);
  if (secret === undefined) return tokens.identify(undefined);
  const identity = sessions.identify(secret);
  const { method, headers } = request;
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  if (reads ? origin.denies(headers) : !origin.proves(headers)) throw new SluiceError('auth.cross_site', {});
  return identity;
}
