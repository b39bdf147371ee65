// Door of the gateway: one API line in front of processes, synchronous methods, connectors and services.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import { Agent } from 'undici';
import { ConsumerBook } from './consumers/consumer-book.ts';
import { ApiKeyScheme } from './consumers/schemes/api-key.ts';
import { problemAnswer, writeAnswer } from './exchange/answer.ts';
import { type Answer, Exchange } from './exchange/exchange.ts';
import { handedOn } from './exchange/headers.ts';
import { isGatewayMethod, splitTarget } from './exchange/request-line.ts';
import { pipelineOf } from './policies/pipeline.ts';
import type { Processes, Records } from './ports/ports.ts';
import { firstSegment, RouteBook, type StoredRoute, viewOf } from './routing/route-book.ts';
import { type LiveRoute, type Match, RouteTable } from './routing/route-table.ts';
import { pickVersion } from './routing/traffic.ts';
import { targetOf } from './targets/target.ts';

export { ownProcesses, type Processes, type WholeRequest } from './ports/ports.ts';

export interface GatewayOptions {
  readonly records: Records;
  readonly processes: Processes;
  readonly log: Log;
  /** Default 64 MiB. */
  readonly maxBodyBytes?: number;
  readonly now?: () => number;
  /** First segments of paths that belong to others on the same port; no route may begin with one. Default none. */
  readonly reserved?: () => ReadonlySet<string>;
}

export interface Gateway {
  readonly routes: RouteBook;
  readonly consumers: ConsumerBook;
  start(): Promise<void>;
  /** It has a route for this method, host and path, or one that takes the path with another method. */
  owns(request: IncomingMessage): boolean;
  /** Answers, whatever comes; never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

const NONE: ReadonlySet<string> = new Set();
const DEFAULT_MAX_BODY = 64 * 1024 * 1024;

export function createGateway(options: GatewayOptions): Gateway {
  const { records, processes, log, maxBodyBytes = DEFAULT_MAX_BODY, now = Date.now, reserved = () => NONE } = options;
  const agent = new Agent({ connections: 256, pipelining: 1, keepAliveTimeout: 30_000 });
  const consumers = new ConsumerBook(records, now);
  const schemes = [new ApiKeyScheme(consumers)];
  let table = new RouteTable([]);
  /** Handlers by route and version: one that did not change keeps what it knows. */
  let built = new Map<string, LiveRoute>();

  const routes: RouteBook = new RouteBook(records, now, reserved, async () => rebuild());

  function rebuild(): void {
    const next = new Map<string, LiveRoute>();
    for (const stored of routes.enabled()) next.set(stored.name, liveOf(stored, built.get(stored.name)));
    built = next;
    table = new RouteTable([...next.values()]);
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
              { schemes, maxBodyBytes },
              targetOf(definition.target, limits, { processes, agent, maxBodyBytes }),
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

  async function answer(id: string, request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const { path, query } = splitTarget(request.url ?? '');
    const method = request.method ?? '';
    const found = match(request);
    if (!found || !isGatewayMethod(method)) {
      const allowed = table.allowed(hostOf(request), path);
      if (allowed.length > 0) throw new SluiceError('gateway.method_not_allowed', { method, allowed });
      throw new SluiceError('gateway.not_found', { method, path });
    }
    const { route, params } = found;
    const hasBody =
      request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
    const line = { method, path, query };
    const headers = handedOn(request.headers);
    const exchange = new Exchange(id, line, params, request, response, headers, hasBody ? request : null);
    return route.handlers.get(pickVersion(route.traffic, request))!(exchange);
  }

  return {
    routes,
    consumers,
    async start() {
      await Promise.all([routes.start(), consumers.start()]);
      rebuild();
    },
    owns(request) {
      if (table.size === 0) return false;
      try {
        const { path } = splitTarget(request.url ?? '');
        if (reserved().has(firstSegment(path))) return false;
        return match(request) !== null || table.allowed(hostOf(request), path).length > 0;
      } catch {
        // A path that is refused is refused by whoever gets it.
        return false;
      }
    },
    handle(request, response) {
      const id = randomUUID();
      answer(id, request, response)
        .catch((error: unknown) => {
          if (error instanceof SluiceError) return problemAnswer(error as SluiceError, id);
          log.error('A request of the gateway broke.', { id, method: request.method, error });
          return problemAnswer(new SluiceError('internal.unexpected', { id }) as unknown as SluiceError, id);
        })
        .then((made) => writeAnswer(response, made, (error) => log.warn('An answer broke off.', { id, error })))
        .catch((error: unknown) => {
          log.error('An answer could not be written.', { id, error });
          response.destroy();
        });
    },
    close: () => agent.close(),
  };
}

/** Without the port, in lower case. */
function hostOf(request: IncomingMessage): string {
  const host = request.headers.host ?? '';
  const port = host.lastIndexOf(':');
  return (port > host.lastIndexOf(']') ? host.slice(0, port) : host).toLowerCase();
}
