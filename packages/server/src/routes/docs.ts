// The page of the API. It holds no data: what it shows it asks for, with the token of whoever looks.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { Routes } from './parts.ts';

const OWN = fileURLToPath(new URL('../../assets/docs/', import.meta.url));
const SWAGGER_UI = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static');
const FILES = {
  '/docs': [OWN, 'index.html'],
  '/docs/page.js': [OWN, 'page.js'],
  '/docs/page.css': [OWN, 'page.css'],
  '/docs/swagger-ui-bundle.js': [SWAGGER_UI, 'swagger-ui-bundle.js'],
  '/docs/swagger-ui.css': [SWAGGER_UI, 'swagger-ui.css'],
} as const;

/** Only its own scripts run, they talk to this host only, and no other page frames it: a token is typed here. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export const docsRoutes: Routes = (app) => {
  app.register(async (page) => {
    await page.register(fastifyStatic, { root: [OWN, SWAGGER_UI], serve: false });
    for (const [url, [root, name]] of Object.entries(FILES))
      page.get(
        url,
        { config: { open: 'files of a page that holds no data' }, schema: { hide: true } },
        (_request, reply): FastifyReply => reply.headers(HEADERS).sendFile(name, root, { maxAge: 3_600_000 }),
      );
  });
};
