// A1: every route denies by default. A route says its scope, or says in so many words that it is open; one that says
// neither cannot be registered.

import { type Scope, SluiceError } from '@sluice/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Identity, Tokens } from './tokens.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Scope that a token needs for this route. */
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

/** @returns the table of routes, which fills as they are registered */
export function installGuard(app: FastifyInstance, tokens: Tokens): readonly RouteEntry[] {
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
      admit(request, tokens);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  });
  return routes;
}

/** @throws SluiceError of the token, `auth.scope` */
function admit(request: FastifyRequest, tokens: Tokens): void {
  // An unknown path has nothing to protect, and says so instead of asking for a token.
  if (request.is404) return;
  const { scope, open } = request.routeOptions.config;
  if (open) return;
  const identity = tokens.identify(tokenOf(request.headers));
  if (!scope || !identity.scopes.has(scope)) throw new SluiceError('auth.scope', { scope: scope ?? 'none' });
  request.identity = identity;
}
