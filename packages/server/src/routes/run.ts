// The way in for messages. The hot path: nothing here but what every message needs.

import type { Engine, Awaited as Result, Start } from '@sluice/engine';
import { type Headers, SluiceError, TRACE_HEADERS } from '@sluice/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, checkJson, isJson, waitOf } from '../http/content.ts';
import { answerProblem } from '../http/problem.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const MAX_KEY = 255;
/** Headers that belong to the transport or are secrets, and never travel with a message. */
const NOT_CARRIED = /^x-(forwarded|real|request-id|api-key|auth|csrf|amz)/;

interface RunRoute {
  Params: { topology: string; startNode: string };
  Querystring: { user?: string; wait?: string };
}

export const runRoutes: Routes = (app, { engine }) => {
  app.post<RunRoute>(
    '/run/:topology/:startNode',
    { config: { scope: 'run' }, schema: describe({ summary: 'Start a process', tag: 'run' }) },
    async (request, reply) => {
      const { topology, startNode } = request.params;
      const start = startOf(request, request.query.user);
      if (request.query.wait === undefined) {
        const { processId, duplicate } = await engine.run(topology, startNode, start);
        // A reply that is returned is waited for like a promise.
        reply.code(202);
        return duplicate ? { processId, duplicate } : { processId };
      }
      const { started, result } = await engine.runAndWait(topology, startNode, start, waitOf(request.query.wait));
      return answerResult(engine, reply, started.processId, result);
    },
  );
};

/** @throws SluiceError when the request cannot become a message */
export function startOf(request: FastifyRequest, user: string | undefined): Start {
  const contentType = String(request.headers['content-type'] ?? '');
  const body = bodyOf(request.body as Buffer | undefined);
  if (isJson(contentType) && body !== '') checkJson(body);
  return { body, contentType, headers: carried(request.headers), user, idempotencyKey: idempotencyKeyOf(request) };
}

/** @throws SluiceError `request.invalid` */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || key === '' || key.length > MAX_KEY))
    throw new SluiceError('request.invalid', { problems: [`Idempotency-Key must have 1 to ${MAX_KEY} characters`] });
  return key;
}

/** Headers of a request that travel with its message. */
export function carried(headers: FastifyRequest['headers']): Headers {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    const own = name.charCodeAt(0) === 120 && name.charCodeAt(1) === 45 && !NOT_CARRIED.test(name);
    if (own || TRACE_HEADERS.has(name)) kept[name] = value;
  }
  return kept;
}

export async function answerResult(
  engine: Engine,
  reply: FastifyReply,
  processId: string,
  result: Result | null,
): Promise<FastifyReply> {
  reply.header('sluice-process-id', processId);
  if (result === null) return reply.code(202).send({ processId, status: 'running' });
  if (result.kind === 'ended') {
    if (result.status !== 'failed') return reply.code(200).send({ processId, status: result.status });
    const reason = result.reason ?? 'see its history.';
    return answerProblem(reply, new SluiceError('run.process_failed', { processId, reason }), {
      processId,
      cause: result.code,
    });
  }
  // Tells an answer of the process from one of the platform.
  const { status, headers, contentType, payload } = result.answer;
  const body = await engine.body(payload);
  return reply
    .code(status)
    .headers({ ...headers, 'sluice-answer': 'yes' })
    .type(contentType || 'application/octet-stream')
    .send(typeof body === 'string' ? body : Buffer.from(body));
}
