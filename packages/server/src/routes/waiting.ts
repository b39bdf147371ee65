// Messages that wait for a person: trash and user tasks. The same acts under two names.

import {
  BulkAnswer,
  EditRequest,
  pageOf,
  SluiceError,
  StepView,
  WaitingFilterRequest,
  WaitingQuery,
} from '@sluice/protocol';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Parts } from './parts.ts';
import { editOf, stepView, withBody } from './steps.ts';

interface Kind {
  readonly path: string;
  readonly tag: string;
  readonly state: 'trash' | 'held';
  /** Verbs that let the message go on, and verbs that end it. */
  readonly onward: readonly string[];
  readonly away: readonly string[];
}

const TRASH: Kind = { path: '/api/v1/trash', tag: 'trash', state: 'trash', onward: ['replay'], away: ['discard'] };
const TASKS: Kind = {
  path: '/api/v1/user-tasks',
  tag: 'user tasks',
  state: 'held',
  onward: ['replay', 'accept'],
  away: ['discard', 'reject'],
};

export const waitingRoutes = (app: FastifyInstance, parts: Parts): void => {
  for (const kind of [TRASH, TASKS]) install(app, parts, kind);
};

interface ById {
  Params: { id: string };
}

function install(app: FastifyInstance, { engine }: Parts, { path, tag, state, onward, away }: Kind): void {
  const { interventions: acts } = engine;
  const goOn = (id: string, edit: EditRequest): Promise<void> =>
    state === 'trash' ? acts.replayTrash(id, editOf(edit)) : acts.acceptTask(id, editOf(edit));
  const end = (id: string): Promise<void> => (state === 'trash' ? acts.discardTrash(id) : acts.rejectTask(id));

  app.get<{ Querystring: z.output<typeof WaitingQuery> }>(
    path,
    {
      config: { scope: 'message:read' },
      schema: describe({ summary: `List ${tag}, oldest first`, tag, query: WaitingQuery, answer: pageOf(StepView) }),
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const page = await engine.reads.waiting({ state, ...filter }, { limit: limit ?? 50, cursor });
      return { items: page.items.map(stepView), next: page.next };
    },
  );

  app.get<ById>(
    `${path}/:id`,
    {
      config: { scope: 'message:read' },
      schema: describe({ summary: 'One message, with its body', tag, answer: StepView }),
    },
    async (request) => {
      const step = await engine.reads.step(request.params.id);
      if (step?.state !== state) throw new SluiceError('message.unknown', { id: request.params.id });
      return withBody(engine, step);
    },
  );

  for (const verb of onward)
    app.post<ById & { Body: unknown }>(
      `${path}/:id/${verb}`,
      { config: { scope: 'message:write' }, schema: describe({ summary: 'Let it go on, perhaps edited', tag }) },
      async (request) => {
        const edit = parse(EditRequest, request.body);
        await goOn(request.params.id, edit);
        return { id: request.params.id, status: 'replayed' };
      },
    );

  for (const verb of away)
    app.post<ById>(
      `${path}/:id/${verb}`,
      { config: { scope: 'message:write' }, schema: describe({ summary: 'End it here', tag }) },
      async (request) => {
        await end(request.params.id);
        return { id: request.params.id, status: 'discarded' };
      },
    );

  for (const [verbs, act] of [
    [onward, (id: string) => goOn(id, {})],
    [away, end],
  ] as const)
    for (const verb of verbs)
      app.post<{ Body: unknown }>(
        `${path}/${verb}`,
        {
          config: { scope: 'message:write' },
          schema: describe({ summary: `${verb} all that match`, tag, answer: BulkAnswer }),
        },
        async (request) => acts.bulk({ state, ...parse(WaitingFilterRequest, request.body) }, act),
      );
}

function parse<T extends z.ZodType>(shape: T, body: unknown): z.output<T> {
  const parsed = shape.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new SluiceError('request.invalid', {
    problems: parsed.error.issues.map((issue) => `body.${issue.path.join('.')} ${issue.message}`),
  });
}
