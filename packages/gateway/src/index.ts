// Door of the gateway: one API line in front of processes, synchronous methods, connectors and services.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DataStore, type Expressions, isolatedExpressions, type Log } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import { Agent } from 'undici';
import type { ConsumerBook } from './consumers/consumer-book.ts';
import type { GuessLimits } from './consumers/guesses.ts';
import { createIdentification, type IdentificationTiming } from './consumers/identification.ts';
import { Descriptions, type Live } from './description/descriptions.ts';
import { problemAnswer, writeAnswer } from './exchange/answer.ts';
import { type Answer, Exchange } from './exchange/exchange.ts';
import { handedOn } from './exchange/headers.ts';
import { hostOf } from './exchange/host.ts';
import { TrustedProxies } from './exchange/peer.ts';
import { isGatewayMethod, splitTarget } from './exchange/request-line.ts';
import { SlowBodies } from './exchange/slow-bodies.ts';
import type { IssuerBook } from './issuers/issuer-book.ts';
import { CacheStore } from './policies/cache/store.ts';
import { Quotas } from './policies/limits/quota.ts';
import { type PolicyParts, pipelineOf } from './policies/pipeline.ts';
import { policyProblems } from './policies/problems.ts';
import type { Contracts, Limits, Processes, Records, Sealer } from './ports/ports.ts';
import { firstSegment, RouteBook, type StoredRoute, viewOf } from './routing/route-book.ts';
import { type LiveRoute, type Match, RouteTable } from './routing/route-table.ts';
import { pickVersion } from './routing/traffic.ts';
import { targetOf } from './targets/target.ts';

export { type ConnectionLimits, connectionServer, type TlsFiles } from './exchange/connections.ts';
export { type Contracts, ownProcesses, type Processes, type Sealer, type WholeRequest } from './ports/ports.ts';
export { type Peer, peerOf, TrustedProxies } from './exchange/peer.ts';

export interface GatewayOptions {
  readonly records: Records;
  readonly processes: Processes;
  /** Seals secrets that must be read again. */
  readonly sealer: Sealer;
  /** Quotas and answers by idempotency key are kept there. */
  readonly data: DataStore;
  readonly limits: Limits;
  /** Mappings of routes. Default: in a process of their own, which begins with the first one. */
  readonly expressions?: Expressions;
  readonly log: Log;
  /** Memory of all caches of routes together. Default 64 MiB. */
  readonly cacheBytes?: number;
  /** No other process uses the records. Default true; else changes of others are seen within a second. */
  readonly alone?: boolean;
  /** Proxies in front that are believed what they say of clients: addresses and blocks. Default none. */
  readonly trustedProxies?: readonly string[];
  /** How many wrong credentials are borne. */
  readonly guesses?: Partial<GuessLimits>;
  readonly timing?: GatewayTiming;
  /** Default 64 MiB. */
  readonly maxBodyBytes?: number;
  readonly now?: () => number;
  /** First segments of paths that belong to others on the same port; no route may begin with one. Default none. */
  readonly reserved?: () => ReadonlySet<string>;
  /** For descriptions. Default: nothing is known of what targets take and give. */
  readonly contracts?: Contracts;
}

export interface GatewayTiming extends IdentificationTiming {
  /** How long a body may bring nothing. Default 30 s. */
  readonly bodyIdleMs?: number;
}

export interface Gateway {
  readonly routes: RouteBook;
  readonly consumers: ConsumerBook;
  readonly issuers: IssuerBook;
  readonly descriptions: Descriptions;
  start(): Promise<void>;
  /** It has a route for this method, host and path, or one that takes the path with another method. */
  owns(request: IncomingMessage): boolean;
  /** Answers, whatever comes; never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Seal what was sealed under a master key of before. @returns how many secrets */
  rotateSecrets(): Promise<number>;
  close(): Promise<void>;
}

const NONE: ReadonlySet<string> = new Set();
const DEFAULT_MAX_BODY = 64 * 1024 * 1024;
const DEFAULT_BODY_IDLE_MS = 30_000;
const DEFAULT_CACHE = 64 * 1024 * 1024;
/** A request waits for its mapping, and the mappings of other routes wait behind it. */
const MAPPING_MS = 500;

export function createGateway(options: GatewayOptions): Gateway {
  const { records, processes, data, limits, sealer, log, maxBodyBytes = DEFAULT_MAX_BODY, now = Date.now } = options;
  const { reserved = () => NONE, alone = true, guesses, timing = {} } = options;
  const proxies = new TrustedProxies(options.trustedProxies);
  const slowBodies = new SlowBodies(timing.bodyIdleMs ?? DEFAULT_BODY_IDLE_MS);
  const agent = new Agent({ connections: 256, pipelining: 1, keepAliveTimeout: 30_000 });
  const identification = createIdentification({ records, sealer, agent, log, now, guesses, timing });
  const { consumers, issuers, access } = identification;
  // Not those of the engine: a client's mapping must not keep processes waiting.
  const expressions = options.expressions ?? isolatedExpressions({ limitMs: MAPPING_MS, memoryMb: 64 });
  const quotas = new Quotas(data, now);
  const cache = new CacheStore(options.cacheBytes ?? DEFAULT_CACHE);
  const policies: PolicyParts = {
    access,
    maxBodyBytes,
    data,
    limits,
    quotas,
    expressions,
    cache,
    now,
    random: Math.random,
  };
  let table = new RouteTable([]);
  /** Handlers by route and version: one that did not change keeps what it knows. */
  let built = new Map<string, LiveRoute>();

  const descriptions = new Descriptions(
    () => routes.enabled().map(liveVersion),
    () => access.schemes.filter((scheme) => scheme.offered()).map(({ kind }) => kind),
    options.contracts ?? null,
    now,
  );

  const routes: RouteBook = new RouteBook(
    records,
    now,
    reserved,
    (definition) => policyProblems(definition, expressions),
    async () => rebuild(),
  );

  function rebuild(): void {
    const next = new Map<string, LiveRoute>();
    for (const stored of routes.enabled()) next.set(stored.name, liveOf(stored, built.get(stored.name)));
    built = next;
    table = new RouteTable([...next.values()]);
    descriptions.forget();
  }

  function liveOf(stored: StoredRoute, before: LiveRoute | undefined): LiveRoute {
    const handlers = new Map(
      stored.traffic.map(({ version }) => {
        const definition = stored.versions[version]!;
        const limits = { timeoutMs: definition.timeoutMs, maxBodyBytes: definition.request?.maxBytes };
        return [
          version,
          before?.handlers.get(version) ??
            pipelineOf(
              definition,
              policies,
              targetOf(definition.target, limits, {
                processes,
                agent,
                maxBodyBytes,
                describe: (target, { request, consumer }) => descriptions.describe(target, hostOf(request), consumer),
              }),
            ),
        ];
      }),
    );
    return { name: stored.name, definition: viewOf(stored).definition, traffic: stored.traffic, handlers };
  }

  function match(request: IncomingMessage): Match | null {
    const { path } = splitTarget(request.url ?? '');
    const method = request.method ?? '';
    return isGatewayMethod(method) ? table.find(method, hostOf(request), path) : null;
  }

  /** A preflight belongs to the route it asks about, when that one answers browsers. */
  function preflightOf(request: IncomingMessage, path: string): Match | null {
    const { method, headers } = request;
    const asked = headers['access-control-request-method'] ?? '';
    if (method !== 'OPTIONS' || headers.origin === undefined || !isGatewayMethod(asked)) return null;
    const found = table.find(asked, hostOf(request), path);
    return found?.route.definition.cors ? found : null;
  }

  async function answer(id: string, request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const { path, query } = splitTarget(request.url ?? '');
    const method = request.method ?? '';
    const found = match(request) ?? preflightOf(request, path);
    if (!found || !isGatewayMethod(method)) {
      const allowed = table.allowed(hostOf(request), path);
      if (allowed.length > 0) throw new SluiceError('gateway.method_not_allowed', { method, allowed });
      throw new SluiceError('gateway.not_found', { method, path });
    }
    const { route, params } = found;
    const line = { method, path, query };
    const headers = handedOn(request.headers);
    const exchange = new Exchange(
      id,
      line,
      params,
      request,
      response,
      headers,
      hasBody(request) ? request : null,
      proxies,
    );
    return route.handlers.get(pickVersion(route.traffic, request))!(exchange);
  }

  return {
    routes,
    consumers,
    issuers,
    descriptions,
    async start() {
      await Promise.all([routes.start(), identification.start(alone)]);
      rebuild();
    },
    owns(request) {
      if (table.size === 0) return false;
      // A refusal is the gateway's own, wherever the path is not the platform's.
      if (reserved().has(firstSegment(request.url?.split('?', 1)[0] ?? ''))) return false;
      try {
        const { path } = splitTarget(request.url ?? '');
        return match(request) !== null || table.allowed(hostOf(request), path).length > 0;
      } catch (error) {
        if (error instanceof SluiceError) return true;
        throw error;
      }
    },
    handle(request, response) {
      const id = randomUUID();
      if (hasBody(request))
        slowBodies.watch(request, () => {
          const details = { part: 'body', afterMs: slowBodies.idleMs } as const;
          const late = new SluiceError('gateway.too_slow', details) as unknown as SluiceError;
          if (response.headersSent) return void response.destroy();
          response.once('finish', () => request.destroy());
          writeAnswer(response, id, problemAnswer(late, id), () => {});
        });
      answer(id, request, response)
        .catch((error: unknown) => {
          if (error instanceof SluiceError) return problemAnswer(error as SluiceError, id);
          log.error('A request of the gateway broke.', { id, method: request.method, error });
          return problemAnswer(new SluiceError('internal.unexpected', { id }) as unknown as SluiceError, id);
        })
        .then((made) => writeAnswer(response, id, made, (error) => log.warn('An answer broke off.', { id, error })))
        .catch((error: unknown) => {
          log.error('An answer could not be written.', { id, error });
          response.destroy();
        });
    },
    async rotateSecrets() {
      return (await consumers.rotateSecrets()) + (await issuers.rotateSecrets());
    },
    async close() {
      slowBodies.close();
      await identification.close();
      await quotas.close();
      if (!options.expressions) await expressions.close();
      await agent.close();
    },
  };
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/** The version that gets most of the traffic. */
function liveVersion(stored: StoredRoute): Live {
  const { definition } = viewOf(stored);
  const version = Object.entries(stored.versions).find(([, one]) => one === definition)![0];
  return { version: Number(version), definition };
}
