// The addresses by which existing clients start processes (the existing wire, by name). Same engine, same token.

import { SluiceError } from '@sluice/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';
import { startOf } from './run.ts';

interface ByName {
  Params: { name: string; node: string; user?: string };
}

export const startingPointRoutes: Routes = (app, { engine }) => {
  const start = async (request: FastifyRequest<ByName>, reply: FastifyReply): Promise<FastifyReply> => {
    const { name, node, user } = request.params;
    const made = startOf(request as FastifyRequest, undefined);
    const { processId } = await engine.run(name, node, { ...made, user: user ?? userOf(request, made.body) });
    return reply.code(200).send({ correlation_id: processId, started: 1, state: 'ok' });
  };
  const route = {
    config: { scope: 'run' as const },
    schema: describe({ summary: 'Start a process (existing clients)', tag: 'run' }),
  };
  app.post<ByName>('/topologies/:name/nodes/:node/run-by-name', route, start);
  app.post<ByName>('/topologies/:name/nodes/:node/user/:user/run-by-name', route, start);
};

/** Owner by the rules of the existing wire: a member of the JSON body, else a header, else the default. */
function userOf(request: FastifyRequest<ByName>, body: string | Uint8Array): string | undefined {
  if (typeof body === 'string' && body.startsWith('{')) {
    try {
      const { user } = JSON.parse(body) as { user?: unknown };
      if (typeof user === 'string' && user !== '') return user;
    } catch (error) {
      if (String(request.headers['content-type']).startsWith('application/json'))
        throw new SluiceError('run.body_invalid', { why: (error as Error).message });
    }
  }
  const { user } = request.headers;
  return typeof user === 'string' && user !== '' ? user : undefined;
}
