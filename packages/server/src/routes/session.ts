// Signing in and out, and what each person does with the own account.

import type { SignedIn } from '@sluice/identity';
import {
  OwnAccountChange,
  OwnSessionView,
  PasswordChange,
  pageOf,
  ResetRequest,
  SessionView,
  SignInRequest,
  UserView,
} from '@sluice/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { identityOf, originOf, personOf } from '../auth/account.ts';
import { describe } from '../http/schema.ts';
import type { Parts, Routes } from './parts.ts';

const tag = 'people';
const own = { scope: 'account:own' } as const;

/** From now on the browser has a session. */
export function signedIn(
  { access, cookie }: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { secret, expiresAt }: SignedIn,
): SessionView {
  cookie.set(reply.header('cache-control', 'no-store'), secret, expiresAt);
  const identity = access.sessions.identify(secret);
  request.identity = identity;
  return access.people.who(identity);
}

export const sessionRoutes: Routes = (app, parts) => {
  const { access, cookie } = parts;
  const { people, sessions } = access;

  app.post<{ Body: SignInRequest }>(
    '/api/v1/session',
    {
      config: { open: 'who signs in has no session yet; the password admits, and guessing is slowed down' },
      schema: describe({ summary: 'Sign in with e-mail and password', tag, body: SignInRequest, answer: SessionView }),
    },
    async (request, reply) => {
      parts.mustBeOwnPage(request);
      const { email, password } = request.body;
      return signedIn(parts, request, reply, await access.signIn(email, password, originOf(request)));
    },
  );

  app.get(
    '/api/v1/session',
    { config: own, schema: describe({ summary: 'Who asks, and what they may', tag, answer: SessionView }) },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return people.who(identityOf(request));
    },
  );

  app.delete(
    '/api/v1/session',
    { config: own, schema: describe({ summary: 'Sign out', tag, status: 204 }) },
    async (request, reply) => {
      const { account, session } = personOf(request);
      await sessions.end(account, session);
      cookie.clear(reply);
      return reply.code(204).send();
    },
  );

  app.patch<{ Body: OwnAccountChange }>(
    '/api/v1/session/account',
    {
      config: own,
      schema: describe({ summary: 'Change the own account', tag, body: OwnAccountChange, answer: UserView }),
    },
    async (request) => people.rename(personOf(request).account, request.body.name),
  );

  app.put<{ Body: PasswordChange }>(
    '/api/v1/session/password',
    {
      config: own,
      schema: describe({
        summary: 'Change the own password; all other sessions end',
        tag,
        body: PasswordChange,
        status: 204,
      }),
    },
    async (request, reply) => {
      const { account, session } = personOf(request);
      await people.changePassword(account, session, request.body);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/v1/sessions',
    { config: own, schema: describe({ summary: 'Own sessions', tag, answer: pageOf(OwnSessionView) }) },
    async (request) => {
      const { account, session } = personOf(request);
      return { items: sessions.list(account, session), next: null };
    },
  );

  app.delete(
    '/api/v1/sessions',
    { config: own, schema: describe({ summary: 'End all own sessions but this one', tag, status: 204 }) },
    async (request, reply) => {
      const { account, session } = personOf(request);
      await sessions.endAll(account, session);
      return reply.code(204).send();
    },
  );

  app.delete<{ Params: { id: string } }>(
    '/api/v1/sessions/:id',
    { config: own, schema: describe({ summary: 'End one of the own sessions', tag, status: 204 }) },
    async (request, reply) => {
      await sessions.end(personOf(request).account, request.params.id);
      return reply.code(204).send();
    },
  );

  app.post<{ Body: ResetRequest }>(
    '/api/v1/password-reset',
    {
      config: { open: 'who forgot the password cannot sign in; the answer is the same for everybody' },
      schema: describe({
        summary: 'Ask for a new password: administrators see it, and make a link',
        tag,
        body: ResetRequest,
        status: 202,
      }),
    },
    async (request, reply) => {
      parts.mustBeOwnPage(request);
      people.askForReset(request.body.email, request.ip);
      return reply.code(202).send();
    },
  );
};
