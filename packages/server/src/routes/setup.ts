// First set-up: open, because nobody has anything to show yet.

import { SessionView, SetupRequest, SetupView } from '@sluice/protocol';
import type { FastifyRequest } from 'fastify';
import { originOf } from '../auth/account.ts';
import { isLoopbackHost } from '../auth/same-origin.ts';
import { describe } from '../http/schema.ts';
import type { Parts, Routes } from './parts.ts';
import { signedIn } from './session.ts';

const tag = 'people';
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
/** What proxies say of requests that they hand on. */
const HANDED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** The person sits at this machine: no proxy in between, and no page that calls this machine by another name. */
function isHere({ socket, headers }: FastifyRequest, { loopbackOnly, origin }: Parts): boolean {
  return (
    loopbackOnly &&
    origin.isLoopback &&
    LOOPBACK.test(socket.remoteAddress ?? '') &&
    isLoopbackHost(headers.host) &&
    HANDED_ON.every((name) => headers[name] === undefined)
  );
}

export const setupRoutes: Routes = (app, parts) => {
  const { access } = parts;
  app.get(
    '/api/v1/setup',
    {
      config: { open: 'a sign-in page has to know what it can offer; no secret is told' },
      schema: describe({ summary: 'Whether the first account is to be made', tag, answer: SetupView }),
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { needed } = access.setup;
      return { needed, codeNeeded: needed && !isHere(request, parts), oidc: access.oidc !== null };
    },
  );

  app.post<{ Body: SetupRequest }>(
    '/api/v1/setup',
    {
      config: {
        open: 'there is nobody who could sign in; the code that was printed at start admits, and it works once',
      },
      schema: describe({
        summary: 'Make the first account, an administrator, and sign in',
        tag,
        body: SetupRequest,
        answer: SessionView,
        status: 201,
      }),
    },
    async (request, reply) => {
      parts.mustBeOwnPage(request);
      const account = await access.setup.setUp(request.body, request.ip, isHere(request, parts));
      return signedIn(parts, request, reply.code(201), await access.admit(account, originOf(request)));
    },
  );
};
