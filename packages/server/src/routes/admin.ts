// The web application: its files, and one page for every address inside it. The page is made per request, because it
// names the nonce by which its style sheets are known; scripts come from files only.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ADMIN_PATH } from '@sluice/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The page says it to the browser (`<base>`), which says it to the router. */
const PREFIX = `${ADMIN_PATH}/`;

const YEAR = 'public, max-age=31536000, immutable';
/** Answers a request with the application's page, or says that it is not one for it. */
export type AdminPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;

/** @param directory  what the build of the application made */
export async function adminFiles(app: FastifyInstance, directory: string): Promise<AdminPage> {
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  await app.register(fastifyStatic, { root: directory, serve: false, preCompressed: true, index: false });
  app.get<{ Params: { '*': string } }>(
    `${PREFIX}assets/*`,
    { config: { open: 'files of the web application' }, schema: { hide: true } },
    (request, reply) =>
      reply
        .header('x-content-type-options', 'nosniff')
        .sendFile(`assets/${request.params['*']}`, { maxAge: 0, cacheControl: false })
        .header('cache-control', YEAR),
  );
  const answer = (reply: FastifyReply): FastifyReply => {
    const nonce = randomBytes(16).toString('base64');
    return reply.code(200).headers(pageHeaders(nonce)).send(page.replace('%PREFIX%', PREFIX).replace('%NONCE%', nonce));
  };
  app.get(PREFIX, { config: { open: 'page of the web application' }, schema: { hide: true } }, (_request, reply) =>
    answer(reply),
  );
  for (const url of ['/', ADMIN_PATH])
    app.get(url, { config: { open: 'leads to the web application' }, schema: { hide: true } }, (_request, reply) =>
      reply.redirect(PREFIX, 302),
    );
  return (request, reply) => (wantsPage(request) ? answer(reply) : null);
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0]!;
  return (
    (method === 'GET' || method === 'HEAD') &&
    path.startsWith(PREFIX) &&
    !path.startsWith(`${PREFIX}assets/`) &&
    headers.accept?.includes('text/html') === true
  );
}

const pageHeaders = (nonce: string): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
});
