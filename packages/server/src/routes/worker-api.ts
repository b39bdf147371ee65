// What a worker of the existing wire calls on the platform: documents, logs, measurements.

import { randomBytes } from 'node:crypto';
import { SluiceError } from '@sluice/protocol';
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

export const workerApiRoutes: Routes = (app, parts) => {
  const { workerRecords } = parts;
  app.get(
    '/worker-api/status',
    {
      config: { scope: 'worker:all' },
      schema: describe({ summary: 'State of the platform for existing workers', tag: 'existing workers' }),
    },
    async () => ({ mongo: { connected: true } }),
  );

  app.post<{ Body: Record<string, unknown> }>(
    '/worker-api/logger/logs',
    {
      config: { scope: 'log:write' },
      schema: describe({ summary: 'One log line of an existing worker', tag: 'existing workers' }),
    },
    async ({ body = {} }) => {
      workerRecords.add('http', [
        {
          type: 'log',
          at: Number(body.timestamp) || Date.now(),
          level: (['debug', 'info', 'warn', 'error'] as const).find((level) => level === body.levelName) ?? 'info',
          message: String(body.message ?? ''),
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
    Body: { fields?: Record<string, unknown>; tags?: Record<string, unknown> };
  }>(
    '/worker-api/metrics/:measurement',
    {
      config: { scope: 'metric:write' },
      schema: describe({ summary: 'One measurement of an existing worker', tag: 'existing workers' }),
    },
    async ({ params, body }) => {
      if (params.measurement === 'connectors')
        workerRecords.add('http', [
          {
            type: 'metric',
            at: Date.now(),
            node: String(body?.tags?.node_id ?? ''),
            url: String(body?.tags?.url ?? ''),
            status: Number(body?.fields?.response_code),
            durationMs: Number(body?.fields?.sent_request_total_duration),
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
      const filter = parseFilter(query.filter);
      if (name === 'Node')
        return ((filter.ids as unknown[] | undefined) ?? []).map((id) => ({
          _id: String(id),
          systemConfigs: NODE_CONFIG,
        }));
      return (await documents(parts, name)).filter((document) => matches(name, document, filter));
    },
  );

  app.post<DocumentRoute>(
    '/worker-api/document/:document',
    { config: { scope: 'worker:all' }, schema },
    async ({ params, body }) => {
      const name = documentName(params.document);
      const known = new Map((await documents(parts, name)).map((document) => [document._id!, document]));
      const changes = (Array.isArray(body) ? body : [body]).map((document) => {
        const _id = document._id || randomBytes(12).toString('hex');
        return { collection: collectionOf(name), key: _id, value: { ...known.get(_id), ...document, _id } };
      });
      await parts.records.write(changes);
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
function parseFilter(text: string | undefined): Record<string, unknown> {
  if (text === undefined || text === '' || text === 'undefined') return {};
  try {
    const filter = JSON.parse(text) as unknown;
    if (typeof filter === 'object' && filter !== null && !Array.isArray(filter))
      return filter as Record<string, unknown>;
  } catch {
    // Falls through to the one error for both.
  }
  throw new SluiceError('request.invalid', { problems: ['filter must be a JSON object'] });
}

const FIELDS: Readonly<Record<string, string>> = {
  ids: '_id',
  names: 'key',
  users: 'user',
  apps: 'application',
  sdks: 'sdk',
};

function matches(name: DocumentName, document: Document, filter: Record<string, unknown>): boolean {
  for (const [member, wanted] of Object.entries(filter)) {
    const field = FIELDS[member];
    if (field) {
      const value = document[field];
      const { nin } = (wanted ?? {}) as { nin?: unknown[] };
      if (nin ? nin.includes(value) : !(wanted as unknown[]).includes(value)) return false;
    } else if (member === 'expires') {
      if (document.expires === undefined || new Date(String(document.expires)) > new Date(String(wanted))) return false;
    } else if (member === 'nonEncrypted') {
      const settings = (document.nonEncryptedSettings ?? {}) as Record<string, unknown>;
      for (const [key, value] of Object.entries(wanted as Record<string, unknown>)) {
        const { $in } = (value ?? {}) as { $in?: unknown[] };
        if ($in ? !$in.includes(settings[key]) : settings[key] !== value) return false;
      }
    } else if (member !== 'enabled' && member !== 'deleted') {
      throw new SluiceError('request.invalid', { problems: [`unknown filter member "${member}"`] });
    }
  }
  if (
    name === 'ApplicationInstall' &&
    (filter.enabled ?? ('enabled' in filter ? null : true)) === true &&
    document.enabled !== true
  )
    return false;
  return filter.deleted === true || !document.deleted;
}
