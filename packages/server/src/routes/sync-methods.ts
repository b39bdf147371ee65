// Methods of applications: any HTTP request in, whatever the method answers out, both as streams.

import { Readable } from 'node:stream';
import { HTTP_METHODS, type HttpMethod, type MethodCall, methodHeaders, SluiceError } from '@sluice/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { syncDuration } from '../http/content.ts';
import { goneSignal } from '../http/gone.ts';
import { answerProblem } from '../http/problem.ts';
import { describe } from '../http/schema.ts';
import type { Parts, Routes } from './parts.ts';
import { MOST_TIMEOUT_S } from './sync-actions.ts';
import { answerExistingMethod } from './sync-existing.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
/** What a worker answers must not act in the name of the platform when a browser shows it. */
const HARMLESS = { 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' };

interface MethodRoute {
  Params: { key: string; method: string; '*'?: string };
  /** Whose application, where several workers of the existing wire have one of this key. */
  Querystring: { worker?: string };
}

export const syncMethodRoutes: Routes = (app, parts) => {
  const schema = describe({
    summary: 'A method of an application: its HTTP methods, input and output are listed with the application',
    tag: 'sync',
  });
  const route = { method: [...HTTP_METHODS], config: { scope: 'sync:call' as const }, schema };
  const handler = (request: FastifyRequest<MethodRoute>, reply: FastifyReply): Promise<FastifyReply> =>
    answer(parts, request, reply);
  app.route<MethodRoute>({ ...route, url: '/sync/applications/:key/:method', handler });
  app.route<MethodRoute>({ ...route, url: '/sync/applications/:key/:method/*', handler });
};

async function answer(
  { integration: { methods, hosts, existing } }: Parts,
  request: FastifyRequest<MethodRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { key: application, method: name } = request.params;
  const place = hosts.existing(application, request.query.worker);
  if (place) return answerExistingMethod({ existing, place, name }, request, reply);
  const allowed = methods.allowed(application, name);
  const got = request.method as HttpMethod;
  if (!allowed.includes(got)) {
    reply.header('allow', allowed.join(', '));
    const details = { application, method: name, got, allowed };
    return answerProblem(reply, new SluiceError('sync.method_not_allowed', details) as unknown as SluiceError);
  }
  const body = (request.body as Readable | undefined) ?? null;
  const result = await callOf(methods, request, { application, name }, body, goneSignal(reply));
  if (result === 'options') return reply.code(204).header('allow', allowed.join(', ')).send();
  if (result.kind === 'stopped') return reply.code(204).header('sluice-outcome', 'stopped').send();
  const stream = Readable.from(result.body, { objectMode: false });
  reply.code(result.status).headers({ ...HARMLESS, ...result.headers });
  if (got !== 'HEAD') return reply.send(stream);
  stream.on('error', () => {}).destroy();
  return reply.send();
}

async function callOf(
  methods: Parts['integration']['methods'],
  request: FastifyRequest<MethodRoute>,
  target: { readonly application: string; readonly name: string },
  body: Readable | null,
  signal: AbortSignal,
) {
  const [path, query = ''] = request.raw.url!.split(/\?(.*)/s, 2) as [string, string?];
  const { user, rest } = withoutUser(query);
  const call: MethodCall = {
    ...target,
    user,
    httpMethod: request.method as HttpMethod,
    path: restOf(path),
    query: rest,
    headers: methodHeaders(request.headers),
    timeoutMs:
      syncDuration('sluice-timeout', textOf(request.headers['sluice-timeout']), MOST_TIMEOUT_S) ?? DEFAULT_TIMEOUT_MS,
  };
  if (call.httpMethod === 'OPTIONS' && !methods.declares(target.application, target.name, 'OPTIONS')) return 'options';
  return methods.call(call, body, signal);
}

const textOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** "user" says for whom; everything else is the method's. */
function withoutUser(query: string): { user: string; rest: string } {
  const parts = query.split('&').filter((part) => part !== '');
  const own = parts.find((part) => part.startsWith('user='));
  const user = new URLSearchParams(own ?? '').get('user') || 'default';
  return { user, rest: parts.filter((part) => !part.startsWith('user=')).join('&') };
}

/** What follows the name of the method, as it was encoded. @throws SluiceError `request.invalid` */
function restOf(path: string): string {
  const rest = path.split('/').slice(5);
  if (rest.some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
    throw new SluiceError('request.invalid', { problems: ['the path has a segment "." or ".."'] });
  return rest.length === 0 ? '' : `/${rest.join('/')}`;
}
