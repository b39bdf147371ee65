// Every change that comes by the API leaves a row in the audit log. One seam for all routes: what changes something is known
// by its scope, and how its object looks before and after by the route that shows it, with the secrets that no answer holds.
// Routes of messages get no hook at all, so nothing of this stands in their way.

import type { AuditLog, Identity } from '@sluice/identity';
import type { Scope } from '@sluice/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False: it changes nothing, although its method says so. */
    audit?: false;
  }
  interface FastifyRequest {
    /** How the object of a change looked before. */
    stateBefore: unknown;
  }
}

const API = '/api/v1/';
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** What services and their messages do all the time. */
const TRAFFIC = new Set<Scope>([
  'run',
  'sync:call',
  'tool:call',
  'worker:connect',
  'worker:all',
  'worker:ask',
  'log:write',
  'metric:write',
]);
/** What nobody in particular did and is worth a row; anything else of strangers could fill the log. */
const OF_STRANGERS = new Set(['signin.refused', 'setup.code']);

export interface AuditTrail {
  /** An act in words. */
  titleOf(act: string): string;
}

/**
 * Before any route is registered.
 * @param reader  a token that may read everything that routes show
 */
export function installAudit(app: FastifyInstance, log: AuditLog, reader: string): AuditTrail {
  const titles = new Map<string, string>();
  /** Routes that show one object, with all parameters called the same. */
  const shown = new Set<string>();
  app.decorateRequest('stateBefore', null);

  const stateOf = async (request: FastifyRequest, path: string | null): Promise<unknown> => {
    if (path === null) return null;
    const { worker } = (request.query ?? {}) as { worker?: string };
    const answer = await app.inject({
      method: 'GET',
      url: worker === undefined ? path : `${path}?worker=${encodeURIComponent(worker)}`,
      headers: { authorization: `Bearer ${reader}` },
    });
    return answer.statusCode === 200 ? parsed(answer.body) : null;
  };
  /** Address that shows the object of a request, or null. */
  const shownAt = ({ routeOptions, url }: FastifyRequest): string | null => {
    // Messages are business of those who sent them: neither their bodies nor their headers are kept here.
    if (routeOptions.config.scope === 'message:write') return null;
    const pattern = (routeOptions.url ?? '').split('/');
    for (let length = pattern.length; length > 0; length--) {
      if (!pattern[length - 1]!.startsWith(':')) continue;
      if (shown.has(alike(pattern.slice(0, length)))) return pathOf(url).slice(0, length).join('/');
    }
    return null;
  };

  app.addHook('onRoute', (route: RouteOptions) => {
    const methods = [route.method].flat();
    if (methods.includes('GET')) shown.add(alike(route.url.split('/')));
    const { scope, open, audit } = route.config ?? {};
    const changing = methods.filter((method) => CHANGING.has(method));
    if (changing.length === 0 || audit === false) return;
    if (scope ? TRAFFIC.has(scope) : !open || !route.url.startsWith(API)) return;
    // Their names are secrets, and what they begin is a message.
    if (open && methods.includes('GET')) return;
    const { summary = '' } = (route.schema ?? {}) as { summary?: string };
    for (const method of changing) titles.set(`${method} ${route.url}`, summary);
    route.preHandler = [
      ...[route.preHandler ?? []].flat(),
      async (request: FastifyRequest) => {
        request.stateBefore = await stateOf(request, shownAt(request));
      },
    ];
    route.onSend = [
      ...[route.onSend ?? []].flat(),
      async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
        const answer = typeof payload === 'string' ? parsed(payload) : null;
        const { statusCode: status } = reply;
        const code = status < 400 ? null : String((answer as { code?: string } | null)?.code ?? '');
        if (!request.identity && code !== null && !OF_STRANGERS.has(code)) return;
        const path = shownAt(request);
        const done = status < 400;
        await log.record({
          who: whoOf(request),
          address: request.ip,
          act: `${request.method} ${request.routeOptions.url ?? ''}`,
          object: objectOf(request, done ? answer : null),
          before: done ? request.stateBefore : null,
          after: done ? (path === null ? answer : await stateOf(request, path)) : null,
          outcome: done ? 'done' : status < 500 ? 'refused' : 'failed',
          status,
          code,
        });
      },
    ];
  });
  return { titleOf: (act) => titles.get(act) ?? act };
}

const alike = (pattern: readonly string[]): string =>
  pattern.map((part) => (part.startsWith(':') ? ':' : part)).join('/');

const pathOf = (url: string): string[] => url.split('?', 1)[0]!.split('/');

function whoOf({ identity, body }: FastifyRequest): { kind: 'account' | 'token' | 'nobody'; id: string; name: string } {
  if (identity) return { kind: identity.kind, id: idOf(identity), name: identity.name };
  const { email } = (body ?? {}) as { email?: unknown };
  // Only what looks like one: people type passwords into the wrong field.
  return { kind: 'nobody', id: '', name: typeof email === 'string' && email.includes('@') ? email.slice(0, 254) : '' };
}

const idOf = ({ kind, accountId, tokenId }: Identity): string => (kind === 'account' ? accountId : tokenId) ?? '';

/** The path up to its last parameter; of what was made, with the name it got. */
function objectOf({ routeOptions, url, method }: FastifyRequest, answer: unknown): string {
  const pattern = (routeOptions.url ?? '').split('/');
  const last = pattern.findLastIndex((part) => part.startsWith(':'));
  const parts = pathOf(url).slice(0, last < 0 ? undefined : last + 1);
  const object = parts.map(decoded).join('/').replace(API, '').replace(/^\//, '');
  if (method !== 'POST' || last >= 0) return object.slice(0, 1_000);
  const made = (answer ?? {}) as { id?: unknown; name?: unknown; user?: { id?: unknown } };
  const name = [made.user?.id, made.id, made.name].find((one) => typeof one === 'string');
  return (name === undefined ? object : `${object}/${String(name)}`).slice(0, 1_000);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // as it came: what it stands for is not known
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null; // a page or a document, not a state
  }
}
