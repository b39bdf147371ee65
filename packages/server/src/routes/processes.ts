import {
  BulkAnswer,
  Paging,
  ProcessBulkReplayRequest,
  ProcessBulkRequest,
  ProcessFilterRequest,
  ProcessView,
  pageOf,
  ReplayRequest,
  RunAnswer,
  SluiceError,
  StepView,
} from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';
import { forProcesses } from './process-bulk.ts';
import { answerResult } from './run.ts';
import { editOf, stepView, withBody } from './steps.ts';

const ListQuery = Paging.extend(ProcessFilterRequest.shape);
const HistoryQuery = Paging.extend({ bodies: z.stringbool().optional() });

interface ById {
  Params: { id: string };
}

export const processRoutes: Routes = (app, { engine }) => {
  app.get<{ Querystring: z.output<typeof ListQuery> }>(
    '/api/v1/processes',
    {
      config: { scope: 'process:read' },
      schema: describe({
        summary: 'Processes, newest first',
        tag: 'processes',
        query: ListQuery,
        answer: pageOf(ProcessView),
      }),
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      return engine.reads.processes(filter, { limit: limit ?? 50, cursor });
    },
  );

  app.get<ById>(
    '/api/v1/processes/:id',
    {
      config: { scope: 'process:read' },
      schema: describe({ summary: 'One process', tag: 'processes', answer: ProcessView }),
    },
    async (request) => engine.process(request.params.id),
  );

  app.get<ById>(
    '/api/v1/processes/:id/answer',
    {
      config: { scope: 'process:read' },
      schema: describe({
        summary: 'What the respond node of a process said, as it said it; 202 while there is nothing yet',
        tag: 'processes',
      }),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { status } = await engine.process(id);
      const content = await engine.reads.content(id);
      if (content?.answer) return answerResult(engine, reply, id, { kind: 'answer', answer: content.answer });
      if (status === 'running') return answerResult(engine, reply, id, null);
      return answerResult(engine, reply, id, { kind: 'ended', status, code: null, reason: null });
    },
  );

  app.get<ById & { Querystring: { limit?: number; cursor?: string; bodies?: string } }>(
    '/api/v1/processes/:id/history',
    {
      config: { scope: 'process:read' },
      schema: describe({
        summary: 'Every step, oldest first',
        tag: 'processes',
        query: HistoryQuery,
        answer: pageOf(StepView),
      }),
    },
    async (request) => {
      const process = await engine.process(request.params.id);
      const { limit, cursor, bodies } = request.query;
      const page = await engine.reads.history(process.id, { limit: limit ?? 50, cursor });
      const items =
        bodies === 'true'
          ? await Promise.all(page.items.map((step) => withBody(engine, step)))
          : page.items.map(stepView);
      return { process, items, next: page.next };
    },
  );

  app.post<ById>(
    '/api/v1/processes/:id/cancel',
    {
      config: { scope: 'process:write' },
      schema: describe({ summary: 'Cancel a running process', tag: 'processes', answer: ProcessView }),
    },
    async (request) => {
      await engine.interventions.cancel(request.params.id);
      return engine.process(request.params.id);
    },
  );

  app.post<ById>(
    '/api/v1/processes/:id/compensate',
    {
      config: { scope: 'process:write' },
      schema: describe({
        summary: 'Undo its completed steps, the last one first, as a process of its own',
        tag: 'processes',
        answer: RunAnswer,
        status: 202,
      }),
    },
    async (request, reply) => {
      const { processId, duplicate } = await engine.compensations.compensate(request.params.id);
      return reply.code(202).send({ processId, ...(duplicate ? { duplicate } : {}) });
    },
  );

  app.post<ById & { Body: ReplayRequest | undefined }>(
    '/api/v1/processes/:id/replay',
    {
      config: { scope: 'process:write' },
      schema: describe({
        summary: 'Run it again, whole or from a node, perhaps edited',
        tag: 'processes',
        answer: RunAnswer,
        status: 202,
      }),
    },
    async (request, reply) => {
      const parsed = ReplayRequest.safeParse(request.body ?? {});
      if (!parsed.success)
        throw new SluiceError('request.invalid', {
          problems: parsed.error.issues.map((issue) => `body.${issue.path.join('.')} ${issue.message}`),
        });
      const { messageId, node, toVersion, ...edit } = parsed.data;
      // With a message, "node" says where its content runs; without one, from where the process runs again.
      const from = messageId === undefined ? { node } : { messageId };
      const changes = { ...editOf(edit), ...(messageId === undefined ? {} : { node }) };
      const { processId } = await engine.interventions.replay(request.params.id, from, changes, toVersion);
      return reply.code(202).send({ processId });
    },
  );

  app.post<{ Body: ProcessBulkReplayRequest }>(
    '/api/v1/processes/replay',
    {
      config: { scope: 'process:write' },
      schema: describe({
        summary: 'Run all that match again, at once or in portions',
        tag: 'processes',
        body: ProcessBulkReplayRequest,
        answer: BulkAnswer,
      }),
    },
    async (request) => {
      const { node, toVersion, ...bulk } = request.body;
      return forProcesses(engine, bulk, {
        act: (id) => engine.interventions.replay(id, { node }, {}, toVersion),
        ...(toVersion === undefined ? {} : { to: { version: toVersion, node } }),
      });
    },
  );

  app.post<{ Body: ProcessBulkRequest }>(
    '/api/v1/processes/cancel',
    {
      config: { scope: 'process:write' },
      schema: describe({
        summary: 'Cancel all that match and still run, at once or in portions',
        tag: 'processes',
        body: ProcessBulkRequest,
        answer: BulkAnswer,
      }),
    },
    async (request) => {
      const { filter, ...bulk } = request.body;
      const running = { ...bulk, filter: { ...filter, status: 'running' as const } };
      return forProcesses(engine, running, { act: (id) => engine.interventions.cancel(id) });
    },
  );
};
