// Signing in by an OpenID provider: away, and back.

import { OIDC_CALLBACK_PATH, type Oidc } from '@sluice/identity';
import { ADMIN_PATH, OidcQuery, SIGN_IN_PATH, SluiceError } from '@sluice/protocol';
import type { FastifyReply } from 'fastify';
import { originOf } from '../auth/account.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';
import { signedIn } from './session.ts';

const tag = 'people';

export const oidcRoutes: Routes = (app, parts) => {
  const { access, oidcCookie, log } = parts;
  const provider = (): Oidc => {
    if (!access.oidc) throw new SluiceError('oidc.off', {});
    return access.oidc;
  };
  /** A person is in front of it: what went wrong is said by a page. */
  const back = (reply: FastifyReply, error: unknown): FastifyReply => {
    if (!(error instanceof SluiceError)) log.error('A sign-in by the OpenID provider broke.', { error });
    const words = error instanceof SluiceError ? `${error.message} ${error.hint}` : 'Something broke here. Try again.';
    return reply.redirect(`${SIGN_IN_PATH}?problem=${encodeURIComponent(words)}`, 303);
  };

  app.get<{ Querystring: OidcQuery }>(
    '/api/v1/session/oidc',
    {
      exposeHeadRoute: false,
      config: { open: 'who signs in has no session yet; the provider says who it is' },
      schema: describe({ summary: 'Go to the OpenID provider to sign in', tag, query: OidcQuery, status: 303 }),
    },
    async ({ query }, reply) => {
      const oidc = provider();
      reply.header('cache-control', 'no-store');
      try {
        const { url, pending } = await oidc.begin(query.returnTo ?? ADMIN_PATH);
        oidcCookie.set(reply, pending);
        return reply.redirect(url, 303);
      } catch (error) {
        return back(reply, error);
      }
    },
  );

  app.get(
    OIDC_CALLBACK_PATH,
    {
      // Whoever only looks must not use up the code.
      exposeHeadRoute: false,
      config: { open: 'a browser comes back from the provider; state, nonce and PKCE bind it to the one that left' },
      schema: describe({ summary: 'Where the OpenID provider sends people back to', tag, status: 303 }),
    },
    async (request, reply) => {
      const oidc = provider();
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
      const pending = oidcCookie.read(request.headers.cookie ?? '');
      oidcCookie.clear(reply);
      const row = { address: request.ip, act: `GET ${OIDC_CALLBACK_PATH}`, object: 'session', before: null };
      try {
        const at = request.url.indexOf('?');
        const { account, returnTo } = await oidc.finish(at < 0 ? '' : request.url.slice(at), pending);
        const after = signedIn(parts, request, reply, await access.admit(account, originOf(request)));
        const who = { kind: 'account', id: account.id, name: account.name } as const;
        await access.audit.record({ ...row, who, after, outcome: 'done', status: 303, code: null });
        return reply.redirect(returnTo, 303);
      } catch (error) {
        if (error instanceof SluiceError && error.code !== 'oidc.not_begun') {
          const who = { kind: 'nobody', id: '', name: '' } as const;
          const { code, status } = error;
          await access.audit.record({ ...row, who, after: null, outcome: 'refused', status, code });
        }
        return back(reply, error);
      }
    },
  );
};
