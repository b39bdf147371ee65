import type { VersionRecord } from '@sluice/engine';
import { pageOf, SluiceError, TopologySaved, VersionView } from '@sluice/protocol';
import { parseModel, type TopologyModel, toTypeScript } from '@sluice/topology';
import { fromBpmn, toBpmn } from '@sluice/topology/bpmn';
import { fromTplg, isTplg } from '@sluice/topology/tplg';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const VersionParams = z.object({ name: z.string().max(100), v: z.coerce.number().int().min(1) });

/** How a version leaves, by the name of the format. */
const FORMATS = {
  json: {
    type: 'application/json; charset=utf-8',
    of: ({ model, version, state }: VersionRecord) => ({ ...model, version, state }),
  },
  bpmn: { type: 'application/xml; charset=utf-8', of: ({ model }: VersionRecord) => toBpmn(model) },
  ts: { type: 'application/typescript; charset=utf-8', of: ({ model }: VersionRecord) => toTypeScript(model) },
} as const;
type Format = keyof typeof FORMATS;

const ExportQuery = z.object({
  version: z.coerce.number().int().min(1).optional(),
  format: z.enum(Object.keys(FORMATS) as Format[]).default('json'),
});

const ImportQuery = z.object({
  name: z.string().max(100).optional().describe('Name of the topology; without it the one in the body'),
  worker: z
    .union([z.string().max(500), z.array(z.string().max(500)).max(100)])
    .optional()
    .describe('OLD=NEW, repeatable: a worker as the body calls it, and as it is called here'),
  dryRun: z.boolean().default(false),
});
type ImportQuery = z.infer<typeof ImportQuery>;
const XML = /^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i;

interface Versioned {
  Params: { name: string; v: number };
}

export const topologyRoutes: Routes = (app, { engine, integration }) => {
  const { topologies } = engine;

  // Only this route reads XML, so only here is it a content type.
  app.register(async (imports) => {
    imports.addContentTypeParser(XML, { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
    imports.post<{ Querystring: ImportQuery }>(
      '/api/v1/topologies',
      {
        config: { scope: 'topology:write' },
        schema: describe({
          summary:
            'Store a model, BPMN 2.0 or a file *.tplg or *.tplg.json: new draft or new version; with dryRun only say what would come of it',
          tag: 'topologies',
          query: ImportQuery,
          answer: TopologySaved,
          status: 201,
        }),
      },
      async (request, reply) => {
        const model = modelOf(request.body, request.query, request.headers['content-type']);
        if (request.query.dryRun) return reply.send(await topologies.foresee(model));
        return reply.code(201).send(await topologies.save(model));
      },
    );
  });

  app.get(
    '/api/v1/topologies',
    {
      config: { scope: 'topology:read' },
      schema: describe({ summary: 'All versions of all topologies', tag: 'topologies', answer: pageOf(VersionView) }),
    },
    async () => ({ items: await topologies.list(), next: null }),
  );

  app.get<{ Params: { name: string }; Querystring: z.infer<typeof ExportQuery> }>(
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
      async (request) => {
        const version = await change(request.params.name, request.params.v);
        if (verb !== 'publish') await integration.existing.webhooks.topologyChanged(version.name);
        return versionView(version);
      },
    );
};

/** Whatever a topology may be written in. */
function modelOf(body: unknown, { name, worker = [] }: ImportQuery, contentType = ''): TopologyModel {
  const workers = Object.fromEntries([worker].flat().map(renaming));
  if (body instanceof Uint8Array) {
    const charset = /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1];
    return fromBpmn(body, { name, workers, charset }).model;
  }
  if (isTplg(body)) return fromTplg(body, { name: name ?? '', workers }).model;
  const parsed = parseModel(name && typeof body === 'object' && body !== null ? { ...body, name } : body);
  if (parsed.ok) return parsed.model;
  throw new SluiceError('request.invalid', { problems: parsed.problems.map((problem) => problem.message) });
}

function renaming(text: string): [string, string] {
  const [old, now, ...more] = text.split('=');
  if (old && now && more.length === 0) return [old, now];
  throw new SluiceError('request.invalid', { problems: [`worker must be OLD=NEW, got "${text}"`] });
}

function versionView({ name, version, state, createdAt, publishedAt }: VersionRecord): VersionView {
  return { name, version, state, createdAt, publishedAt };
}
