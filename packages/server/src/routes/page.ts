// A small page in words, for people whom a provider sends here. Everything in it is text.

import type { Returned } from '@sluice/integration';
import type { FastifyReply } from 'fastify';

interface Page {
  readonly title: string;
  readonly text: string;
  /** Path of this platform. */
  readonly goOn: string | null;
}

/** Nothing of a page that shows what strangers sent may run, load, be framed, or be kept. */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** The person came back from a provider: on to where they wanted, or told how it ended. */
export function answerReturn(reply: FastifyReply, { done, application, problem, returnTo }: Returned): FastifyReply {
  if (done && returnTo !== null) return reply.headers(PAGE_HEADERS).code(303).header('location', returnTo).send('');
  const name = application === null ? '' : `“${application}”`;
  const page: Page = done
    ? { title: 'Authorised', text: `${name} is authorised. You can close this page.`, goOn: null }
    : { title: 'Not authorised', text: `${name} ${problem ?? ''}`.trim(), goOn: returnTo };
  return reply
    .headers(PAGE_HEADERS)
    .code(done ? 200 : 400)
    .send(pageText(page));
}

function pageText({ title, text, goOn }: Page): string {
  const link = goOn === null ? '' : `\n<p><a href="${escaped(goOn)}">Go on</a></p>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)} – Sluice</title></head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>${link}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
