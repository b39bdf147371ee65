// Authorising an application: begin, come back from the provider, withdraw.

import { CALLBACK_PATH } from '@sluice/integration';
import { AuthorizeAnswer, AuthorizeRequest, InstallView } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import { type Page, pageText } from './page.ts';
import type { Routes } from './parts.ts';

interface Of {
  Params: { key: string; user: string };
}
const INSTALL = '/api/v1/applications/:key/installs/:user';
const tag = 'applications';
const write = { scope: 'application:write' } as const;

/** Nothing of a page that shows what strangers sent may run, load, be framed, or be kept. */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

export const authorisationRoutes: Routes = (app, { integration: { installs, authorisation } }) => {
  app.post<Of & { Body: AuthorizeRequest | undefined }>(
    `${INSTALL}/authorize`,
    {
      config: write,
      schema: describe({
        summary: 'Begin to authorise: an address to agree at, or a code to enter elsewhere',
        tag,
        answer: AuthorizeAnswer,
      }),
    },
    async ({ params: { key, user }, body }) =>
      installs.authorize(key, user, AuthorizeRequest.parse(body ?? {}).returnTo ?? null),
  );

  app.delete<Of>(
    `${INSTALL}/authorization`,
    {
      config: write,
      schema: describe({ summary: 'Give the token back to the provider, and forget it', tag, answer: InstallView }),
    },
    async ({ params: { key, user } }) => installs.withdraw(key, user),
  );

  app.get<{ Querystring: Record<string, unknown> }>(
    CALLBACK_PATH,
    {
      // Whoever only looks must not use up the state.
      exposeHeadRoute: false,
      config: { open: 'a browser comes back from a provider; what it may do is decided by a state that is good once' },
      schema: describe({ summary: 'Where providers send people back to', tag }),
    },
    async ({ query }, reply) => {
      const { done, application, problem, returnTo } = await authorisation.returned(query);
      if (done && returnTo !== null) return reply.headers(PAGE_HEADERS).code(303).header('location', returnTo).send('');
      const name = application === null ? '' : `“${application}”`;
      const page: Page = done
        ? { title: 'Authorised', text: `${name} is authorised. You can close this page.`, goOn: null }
        : { title: 'Not authorised', text: `${name} ${problem ?? ''}`.trim(), goOn: returnTo };
      return reply
        .headers(PAGE_HEADERS)
        .code(done ? 200 : 400)
        .send(pageText(page));
    },
  );
};
