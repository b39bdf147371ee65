// Every error leaves as application/problem+json (RFC 9457) with code, detail and hint.

import { randomUUID } from 'node:crypto';
import type { Log } from '@sluice/engine';
import { type FaultCode, type FaultDetails, SluiceError } from '@sluice/protocol';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export function answerProblem(
  reply: FastifyReply,
  error: SluiceError,
  extra: Record<string, unknown> = {},
): FastifyReply {
  const { retryAfterMs } = error.details as { retryAfterMs?: number };
  if (retryAfterMs !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
  return reply
    .code(error.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...error.toProblem(), ...extra }));
}

/** The problem of whatever was thrown while a request was handled. */
function problemOf(error: FastifyError, request: FastifyRequest, log: Log, maxBytes: number): SluiceError {
  if (error instanceof SluiceError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return fault('request.too_large', { maxBytes });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return fault('request.unsupported_media', { got: String(request.headers['content-type'] ?? 'none') });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return fault('request.invalid', { problems: ['the body is empty, JSON was expected'] });
  }
  if (error.validation)
    return fault('request.invalid', {
      problems: error.validation
        .slice(0, 20)
        .map((v) => `${error.validationContext ?? 'request'}${v.instancePath} ${v.message ?? 'is invalid'}`),
    });
  if (typeof error.statusCode === 'number' && error.statusCode < 500)
    return fault('request.invalid', { problems: [error.message] });
  const id = randomUUID();
  log.error('A request broke.', { id, method: request.method, route: request.routeOptions.url, error });
  return fault('internal.unexpected', { id });
}

const fault = <C extends FaultCode>(code: C, details: FaultDetails<C>): SluiceError =>
  new SluiceError(code, details) as unknown as SluiceError;

/** @param elsewhere  who may answer what no route knows; null when it is not theirs either */
export function installProblems(
  app: FastifyInstance,
  log: Log,
  maxBytes: number,
  elsewhere: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null = () => null,
): void {
  app.setErrorHandler((error, request, reply) =>
    answerProblem(reply, problemOf(error as FastifyError, request, log, maxBytes)),
  );
  app.setNotFoundHandler(
    (request, reply) =>
      elsewhere(request, reply) ??
      answerProblem(reply, fault('request.not_found', { method: request.method, path: request.url.split('?', 1)[0]! })),
  );
}
