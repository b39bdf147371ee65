// Messages that wait for a person: trash, user tasks, breakpoints. The same acts under three names.

import {
  BulkAnswer,
  DestinationView,
  EditRequest,
  type JsonSchema,
  pageOf,
  SluiceError,
  StepView,
  TrashBulkRequest,
  TrashReplayRequest,
  WaitingBulkRequest,
  WaitingFilterRequest,
  WaitingGroupView,
  WaitingQuery,
} from '@sluice/protocol';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { checked, describe } from '../http/schema.ts';
import type { Parts } from './parts.ts';
import { editOf, stepView, withBody } from './steps.ts';

interface Kind {
  readonly path: string;
  readonly tag: string;
  readonly state: 'trash' | 'held';
  /** Which of the held ones. */
  readonly hold?: 'held' | 'breakpoint';
  /** Verbs that let the message go on, and verbs that end it. */
  readonly onward: readonly string[];
  readonly away: readonly string[];
}

const TRASH: Kind = { path: '/api/v1/trash', tag: 'trash', state: 'trash', onward: ['replay'], away: ['discard'] };
const TASKS: Kind = {
  path: '/api/v1/user-tasks',
  tag: 'user tasks',
  state: 'held',
  hold: 'held',
  onward: ['replay', 'accept'],
  away: ['discard', 'reject'],
};

const STOPPED: Kind = {
  path: '/api/v1/breakpoints/messages',
  tag: 'breakpoints',
  state: 'held',
  hold: 'breakpoint',
  onward: ['resume'],
  away: ['discard'],
};

export const waitingRoutes = (app: FastifyInstance, parts: Parts): void => {
  for (const kind of [TRASH, TASKS, STOPPED]) install(app, parts, kind);
};

interface ById {
  Params: { id: string };
}

function install(app: FastifyInstance, { engine }: Parts, kind: Kind): void {
  const { path, tag, state, hold, onward, away } = kind;
  const { interventions: acts } = engine;
  const [onwardAct, endAct] = {
    trash: [acts.replayTrash, acts.discardTrash] as const,
    held: [acts.acceptTask, acts.rejectTask] as const,
    breakpoint: [acts.resume, acts.discardHeld] as const,
  }[hold ?? 'trash'];
  const goOn = async (id: string, { toVersion, ...edit }: TrashReplayRequest): Promise<{ processId?: string }> => {
    if (toVersion !== undefined) return engine.retargeting.replay(id, { version: toVersion }, editOf(edit));
    await onwardAct.call(acts, id, editOf(edit));
    return {};
  };
  const end = (id: string): Promise<void> => endAct.call(acts, id);
  /** Settings of the node at which a message waits. */
  const asked = async ({ topology, version, node }: StepView) =>
    (await engine.topologies.plan(topology, version))?.nodes.get(node)?.settings ?? {};

  app.get<{ Querystring: z.output<typeof WaitingQuery> }>(
    path,
    {
      config: { scope: 'message:read' },
      schema: describe({ summary: `List ${tag}, oldest first`, tag, query: WaitingQuery, answer: pageOf(StepView) }),
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const page = await engine.reads.waiting({ ...filter, state, hold }, { limit: limit ?? 50, cursor });
      const items = page.items.map(stepView);
      if (kind !== TASKS) return { items, next: page.next };
      const titled = items.map(async (item) => ({ ...item, task: { title: (await asked(item)).title ?? null } }));
      return { items: await Promise.all(titled), next: page.next };
    },
  );

  app.get<{ Querystring: z.output<typeof WaitingFilterRequest> }>(
    `${path}/groups`,
    {
      config: { scope: 'message:read' },
      schema: describe({
        summary: `Count ${tag} by node and reason, the largest group first`,
        tag,
        query: WaitingFilterRequest,
        answer: pageOf(WaitingGroupView),
      }),
    },
    async (request) => ({
      items: await engine.reads.waitingGroups({ ...request.query, state, hold }),
      next: null,
    }),
  );

  app.get<ById>(
    `${path}/:id`,
    {
      config: { scope: 'message:read' },
      schema: describe({ summary: 'One message, with its body', tag, answer: StepView }),
    },
    async (request) => {
      const step = await engine.reads.step(request.params.id);
      if (step?.state !== state || (hold !== undefined && step.result !== hold))
        throw new SluiceError('message.unknown', { id: request.params.id });
      const shown = await withBody(engine, step);
      if (kind !== TASKS) return shown;
      const { title = null, form = null } = await asked(shown);
      return { ...shown, task: { title, form: form as JsonSchema | null } };
    },
  );

  for (const verb of onward)
    app.post<ById & { Body: unknown }>(
      `${path}/:id/${verb}`,
      { config: { scope: 'message:write' }, schema: describe({ summary: 'Let it go on, perhaps edited', tag }) },
      async (request) => {
        const edit = checked(kind === TRASH ? TrashReplayRequest : EditRequest, request.body);
        return { id: request.params.id, status: 'replayed', ...(await goOn(request.params.id, edit)) };
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

  if (kind === TRASH) {
    app.get<ById>(
      `${path}/:id/destinations`,
      {
        config: { scope: 'message:read' },
        schema: describe({
          summary: 'Other published versions on which it could go on, the newest first',
          tag,
          answer: pageOf(DestinationView),
        }),
      },
      async (request) => ({ items: await engine.retargeting.destinations(request.params.id), next: null }),
    );
  }

  for (const [verbs, act] of [
    [
      onward,
      (id: string, { toVersion, nodes }: TrashBulkRequest) =>
        toVersion === undefined ? goOn(id, {}) : engine.retargeting.replay(id, { version: toVersion, nodes }),
    ],
    [away, end],
  ] as const)
    for (const verb of verbs)
      app.post<{ Body: unknown }>(
        `${path}/${verb}`,
        {
          config: { scope: 'message:write' },
          schema: describe({ summary: `${verb} all that match, at once or in portions`, tag, answer: BulkAnswer }),
        },
        async (request) => {
          const shape = kind === TRASH && verbs === onward ? TrashBulkRequest : WaitingBulkRequest;
          const { dryRun, limit, cursor, toVersion, nodes, ...filter } = checked<typeof TrashBulkRequest>(
            shape as typeof TrashBulkRequest,
            request.body,
          );
          const which = { state, hold, ...filter };
          const to = { toVersion, nodes };
          if (!dryRun)
            return { ...(await acts.bulk(which, async (id) => void (await act(id, to)), { limit, cursor })) };
          const groups = await engine.reads.waitingGroups(which);
          const matched = groups.reduce((sum, { count }) => sum + count, 0);
          if (toVersion === undefined) return { done: 0, failed: [], matched };
          const foreseen = await engine.retargeting.foresee(which, { version: toVersion, nodes });
          return { done: 0, failed: [], matched, foreseen };
        },
      );
}
