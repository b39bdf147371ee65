// What a worker of the existing wire calls on the platform: documents, logs, measurements.

import { randomBytes } from 'node:crypto';
import { SluiceError } from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Parts, Routes } from './parts.ts';

const DOCUMENTS = ['ApplicationInstall', 'Webhook', 'Node'] as const;
type DocumentName = (typeof DOCUMENTS)[number];
type Document = Record<string, unknown> & { _id?: string; deleted?: unknown };

interface DocumentRoute {
  Params: { document: string };
  Querystring: { filter?: string; sorter?: string; paging?: string };
  Body: Document | Document[];
}

const LogShape = z.looseObject({ stacktrace: z.looseObject({ message: z.unknown() }).nullish() });
const MetricShape = z.looseObject({ fields: z.looseObject({}).nullish(), tags: z.looseObject({}).nullish() });
const DocumentShape = z.looseObject({ _id: z.string().max(200).nullish() });
const DocumentsShape = z.union([DocumentShape, z.array(DocumentShape).max(1_000)]);

const ListShape = z.union([z.array(z.string()), z.strictObject({ nin: z.array(z.string()) })]).nullish();
/** What a filter may ask for; one that asks for more is refused, because it would answer too much. */
const FilterShape = z.strictObject({
  ids: ListShape,
  names: ListShape,
  users: ListShape,
  apps: ListShape,
  sdks: ListShape,
  enabled: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
  expires: z.union([z.string(), z.number()]).nullish(),
  nonEncrypted: z
    .record(
      z.string(),
      z.union([z.strictObject({ $in: z.array(z.unknown()) }), z.string(), z.number(), z.boolean(), z.null()]),
    )
    .nullish(),
});
type Filter = z.infer<typeof FilterShape>;

export const workerApiRoutes: Routes = (app, parts) => {
  const { workerRecords } = parts;
  /** What follows from installs is read anew. */
  const changed = (name: DocumentName, changes: readonly Document[]): void => {
    if (name === 'ApplicationInstall')
      for (const { user } of changes) parts.integration.existing.documentsChanged(String(user));
  };
  app.get(
    '/worker-api/status',
    {
      config: { scope: 'worker:all' },
      schema: describe({ summary: 'State of the platform for existing workers', tag: 'existing workers' }),
    },
    async () => ({ mongo: { connected: true } }),
  );

  app.post<{ Body: z.infer<typeof LogShape> }>(
    '/worker-api/logger/logs',
    {
      config: { scope: 'log:write' },
      schema: describe({ summary: 'One log line of an existing worker', tag: 'existing workers', body: LogShape }),
    },
    async ({ body }) => {
      workerRecords.add('http', [
        {
          type: 'log',
          at: Number(body.timestamp) || Date.now(),
          level: (['debug', 'info', 'warn', 'error'] as const).find((level) => level === body.levelName) ?? 'info',
          message: messageOf(body),
          forAdmin: body.isForUi === true,
          processId: String(body.correlationId ?? ''),
          topology: String(body.topologyId ?? '').split('/')[0] ?? '',
          node: String(body.nodeId ?? ''),
        },
      ]);
      return { status: 'OK' };
    },
  );

  app.post<{
    Params: { measurement: string };
    Body: z.infer<typeof MetricShape>;
  }>(
    '/worker-api/metrics/:measurement',
    {
      config: { scope: 'metric:write' },
      schema: describe({
        summary: 'One measurement of an existing worker',
        tag: 'existing workers',
        body: MetricShape,
      }),
    },
    async ({ params, body }) => {
      if (params.measurement === 'connectors')
        workerRecords.add('http', [
          {
            type: 'metric',
            at: Date.now(),
            node: String(body.tags?.node_id ?? ''),
            processId: String(body.tags?.correlation_id ?? ''),
            url: String(body.tags?.url ?? ''),
            status: Number(body.fields?.response_code),
            durationMs: Number(body.fields?.sent_request_total_duration),
          },
        ]);
      else if (params.measurement !== 'monolith')
        throw new SluiceError('request.not_found', {
          method: 'POST',
          path: `/worker-api/metrics/${params.measurement}`,
        });
      return { status: 'OK' };
    },
  );

  const schema = describe({ summary: 'Documents of existing workers', tag: 'existing workers' });
  app.get<DocumentRoute>(
    '/worker-api/document/:document',
    { config: { scope: 'worker:all' }, schema },
    async ({ params, query }) => {
      const name = documentName(params.document);
      if (name === 'Node') return nodeDocuments(query.filter);
      const filter = parseFilter(query.filter);
      return (await documents(parts, name)).filter((document) => matches(name, document, filter));
    },
  );

  app.post<DocumentRoute>(
    '/worker-api/document/:document',
    {
      config: { scope: 'worker:all' },
      schema: describe({ summary: 'Documents of existing workers', tag: 'existing workers', body: DocumentsShape }),
    },
    async ({ params, body }) => {
      const name = documentName(params.document);
      const known = new Map((await documents(parts, name)).map((document) => [document._id!, document]));
      const changes = (Array.isArray(body) ? body : [body]).map((document) => {
        const _id = document._id || randomBytes(12).toString('hex');
        return { collection: collectionOf(name), key: _id, value: { ...known.get(_id), ...document, _id } };
      });
      await parts.records.write(changes);
      changed(
        name,
        changes.map(({ value }) => value),
      );
      return { message: { status: 'OK', data: '' } };
    },
  );

  app.delete<DocumentRoute>(
    '/worker-api/document/:document',
    { config: { scope: 'worker:all' }, schema },
    async ({ params, query }) => {
      const name = documentName(params.document);
      const filter = parseFilter(query.filter);
      if (Object.keys(filter).length === 0)
        throw new SluiceError('request.invalid', { problems: ['Empty filter is not supported.'] });
      const gone = (await documents(parts, name)).filter((document) => matches(name, document, filter));
      await parts.records.write(
        gone.map((document) => ({
          collection: collectionOf(name),
          key: document._id!,
          value: { ...document, deleted: new Date().toISOString() },
        })),
      );
      changed(name, gone);
      return { message: { status: 'OK', data: { deleted: gone.length } } };
    },
  );
};

/** Per-node settings live in the topology here; an existing worker must not override them. */
const NODE_CONFIG = JSON.stringify({
  sdk: { host: '' },
  bridge: { host: '', timeout: 60 },
  rabbit: { prefetch: 1 },
  repeater: { enabled: false, hops: 0, interval: 0 },
});

/**
 * Settings of the nodes asked for. A worker asks when a step wants to repeat, and breaks the answer when we refuse; it
 * writes ids into the query as they are, so an id with an `&` cuts its own question in two: then there are none.
 */
function nodeDocuments(text: string | undefined): Document[] {
  let ids: unknown;
  try {
    ids = (JSON.parse(text ?? '') as { ids?: unknown } | null)?.ids;
  } catch {
    ids = [];
  }
  return Array.isArray(ids) ? ids.map((id) => ({ _id: String(id), systemConfigs: NODE_CONFIG })) : [];
}

/** The line with the words of the error it was written for; the stack stays in the log of the worker. */
function messageOf({ message, stacktrace }: z.infer<typeof LogShape>): string {
  const line = String(message ?? '');
  const cause = typeof stacktrace?.message === 'string' ? stacktrace.message : '';
  return cause === '' || line.includes(cause) ? line : `${line}: ${cause}`;
}

const collectionOf = (name: DocumentName): string => `document/${name}`;

async function documents({ records }: Parts, name: DocumentName): Promise<Document[]> {
  return (await records.list<Document>(collectionOf(name))).map(({ key, value }) => ({ ...value, _id: key }));
}

function documentName(name: string): DocumentName {
  const found = DOCUMENTS.find((known) => known === name);
  if (!found) throw new SluiceError('request.invalid', { problems: [`Unsupported document [${name}]`] });
  return found;
}

/** The existing SDK sends the text "undefined" for a part it does not use. */
function parseFilter(text: string | undefined): Filter {
  if (text === undefined || text === '' || text === 'undefined') return {};
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new SluiceError('request.invalid', { problems: ['filter must be a JSON object'] });
  }
  const parsed = FilterShape.safeParse(raw);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `filter ${path.join('.')}: ${message}`);
  throw new SluiceError('request.invalid', { problems });
}

const FIELDS = {
  ids: '_id',
  names: 'key',
  users: 'user',
  apps: 'application',
  sdks: 'sdk',
} as const;

function matches(name: DocumentName, document: Document, filter: Filter): boolean {
  for (const member of ['ids', 'names', 'users', 'apps', 'sdks'] as const) {
    const wanted = filter[member];
    if (!wanted) continue;
    const value = String(document[FIELDS[member]] ?? '');
    if (Array.isArray(wanted) ? !wanted.includes(value) : wanted.nin.includes(value)) return false;
  }
  if (filter.expires)
    if (document.expires === undefined || new Date(String(document.expires)) > new Date(filter.expires)) return false;
  const settings = (document.nonEncryptedSettings ?? {}) as Record<string, unknown>;
  for (const [key, value] of Object.entries(filter.nonEncrypted ?? {})) {
    const among = typeof value === 'object' && value !== null ? value.$in : [value];
    if (!among.includes(settings[key])) return false;
  }
  if (
    name === 'ApplicationInstall' &&
    (filter.enabled ?? ('enabled' in filter ? null : true)) === true &&
    document.enabled !== true
  )
    return false;
  return filter.deleted === true || !document.deleted;
}
