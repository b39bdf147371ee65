// Tools for models, by the Model Context Protocol (streamable HTTP, without sessions).

import { answerMcp, isTrustedCaller } from '@sluice/mcp';
import { SluiceError } from '@sluice/protocol';
import { z } from 'zod';
import { goneSignal } from '../http/gone.ts';
import { describe } from '../http/schema.ts';
import { toolsFor } from '../sync/tools.ts';
import type { Routes } from './parts.ts';

export const mcpRoutes: Routes = (app, parts) => {
  const schema = describe({
    summary: 'Model Context Protocol: every connector with an input schema is a tool',
    tag: 'sync',
    query: z.object({ user: z.string().min(1).max(200).optional() }),
  });
  app.post<{ Querystring: { user?: string } }>(
    '/mcp',
    { config: { scope: 'tool:call' }, schema },
    async (request, reply) => {
      const { origin = null, host } = request.headers;
      if (!isTrustedCaller({ origin: origin ?? undefined, host }, parts.mcpOrigins, parts.loopbackOnly))
        throw new SluiceError('mcp.origin', { origin: origin ?? `host ${host ?? 'none'}` });
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers))
        if (value !== undefined) headers.set(name, [value].flat().join(', '));
      const asked = new Request('http://platform.invalid/mcp', { method: 'POST', headers, signal: goneSignal(reply) });
      const answer = await answerMcp(toolsFor(parts, request.query.user), asked, request.body);
      reply.code(answer.status);
      answer.headers.forEach((value, name) => void reply.header(name, value));
      return reply.send(await answer.text());
    },
  );

  // Nothing is pushed to clients, and there is no session to end.
  app.route({
    method: ['GET', 'DELETE'],
    url: '/mcp',
    config: { scope: 'tool:call' },
    schema: describe({ summary: 'Not offered: the platform pushes nothing and keeps no sessions', tag: 'sync' }),
    handler: async (_request, reply) => {
      reply.header('allow', 'POST');
      throw new SluiceError('mcp.post_only', {});
    },
  });
};
