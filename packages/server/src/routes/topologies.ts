import type { VersionRecord } from '@sluice/engine';
import { pageOf, SluiceError, TopologySaved, VersionView } from '@sluice/protocol';
import { parseModel, toTypeScript } from '@sluice/topology';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const VersionParams = z.object({ name: z.string().max(100), v: z.coerce.number().int().min(1) });
const SaveQuery = z.object({ name: z.string().max(100).optional(), dryRun: z.boolean().default(false) });

/** How a version leaves, by the name of the format. */
const FORMATS = {
  json: {
    type: 'application/json; charset=utf-8',
    of: ({ model, version, state }: VersionRecord) => ({ ...model, version, state }),
  },
  ts: { type: 'application/typescript; charset=utf-8', of: ({ model }: VersionRecord) => toTypeScript(model) },
} as const;
type Format = keyof typeof FORMATS;

const ExportQuery = z.object({
  version: z.coerce.number().int().min(1).optional(),
  format: z.enum(Object.keys(FORMATS) as Format[]).default('json'),
});

interface Versioned {
  Params: { name: string; v: number };
}

export const topologyRoutes: Routes = (app, { engine }) => {
  const { topologies } = engine;

  app.post<{ Querystring: { name?: string; dryRun: boolean } }>(
    '/api/v1/topologies',
    {
      config: { scope: 'topology:write' },
      schema: describe({
        summary: 'Store a model: new draft or new version; with dryRun only say what would come of it',
        tag: 'topologies',
        query: SaveQuery,
        answer: TopologySaved,
        status: 201,
      }),
    },
    async (request, reply) => {
      const { name, dryRun } = request.query;
      const body = request.body;
      const raw = name && typeof body === 'object' && body !== null ? { ...body, name } : body;
      const parsed = parseModel(raw);
      if (!parsed.ok)
        throw new SluiceError('request.invalid', { problems: parsed.problems.map((problem) => problem.message) });
      if (dryRun) return reply.send(await topologies.foresee(parsed.model));
      return reply.code(201).send(await topologies.save(parsed.model));
    },
  );

  app.get(
    '/api/v1/topologies',
    {
      config: { scope: 'topology:read' },
      schema: describe({ summary: 'All versions of all topologies', tag: 'topologies', answer: pageOf(VersionView) }),
    },
    async () => ({ items: await topologies.list(), next: null }),
  );

  app.get<{ Params: { name: string }; Querystring: { version?: number; format: Format } }>(
    '/api/v1/topologies/:name',
    {
      config: { scope: 'topology:read' },
      schema: describe({
        summary: 'Export a version: the enabled one, or the newest',
        tag: 'topologies',
        query: ExportQuery,
      }),
    },
    async (request, reply) => {
      const { type, of } = FORMATS[request.query.format];
      return reply.type(type).send(of(await topologies.get(request.params.name, request.query.version)));
    },
  );

  const changes = {
    publish: ['Freeze a version after checking it', (name: string, v: number) => topologies.publish(name, v)],
    enable: ['Send new traffic to a version', (name: string, v: number) => topologies.enable(name, v)],
    disable: ['Send it no new traffic; what runs goes on', (name: string, v: number) => topologies.disable(name, v)],
  } as const;
  for (const [verb, [summary, change]] of Object.entries(changes))
    app.post<Versioned>(
      `/api/v1/topologies/:name/versions/:v/${verb}`,
      {
        config: { scope: 'topology:write' },
        schema: describe({ summary, tag: 'topologies', params: VersionParams, answer: VersionView }),
      },
      async (request) => versionView(await change(request.params.name, request.params.v)),
    );

  app.get(
    '/api/v1/schedules',
    {
      config: { scope: 'topology:read' },
      schema: describe({ summary: 'Cron starts with their next time', tag: 'topologies' }),
    },
    async () => ({ items: engine.schedules.list(), next: null }),
  );
};

function versionView({ name, version, state, createdAt, publishedAt }: VersionRecord): VersionView {
  return { name, version, state, createdAt, publishedAt };
}
