// Door of the gateway: one API line in front of processes, synchronous methods, connectors and services.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type DataStore, type Expressions, isolatedExpressions, type Log } from '@sluice/engine';
import type { RouteDefinition } from '@sluice/protocol';
import { Agent } from 'undici';
import { ANSWERS_SEGMENT, AnswerAddresses } from './answers/addresses.ts';
import { accessPolicy } from './consumers/access.ts';
import type { ConsumerBook } from './consumers/consumer-book.ts';
import type { GuessLimits } from './consumers/guesses.ts';
import { createIdentification, type IdentificationTiming } from './consumers/identification.ts';
import { Descriptions, type Live } from './description/descriptions.ts';
import { hostOf } from './exchange/host.ts';
import { TrustedProxies } from './exchange/peer.ts';
import { SlowBodies } from './exchange/slow-bodies.ts';
import { type Answered, Front } from './front/front.ts';
import { type OwnPort, openPort, type PortOptions } from './front/own-port.ts';
import { TrafficBook, type TrafficOfRoute } from './front/traffic-book.ts';
import type { IssuerBook } from './issuers/issuer-book.ts';
import { CacheStore } from './policies/cache/store.ts';
import { Quotas } from './policies/limits/quota.ts';
import { type PolicyParts, pipelineOf, upgradePipelineOf } from './policies/pipeline.ts';
import { policyProblems } from './policies/problems.ts';
import type { Applications } from './ports/applications.ts';
import type { Actions, Methods } from './ports/calls.ts';
import type { Contracts, Limits, Records, Sealer } from './ports/ports.ts';
import type { Processes } from './ports/processes.ts';
import { LiveRoutes } from './routing/live-routes.ts';
import { firstSegment, RouteBook, type StoredRoute, viewOf } from './routing/route-book.ts';
import type { LiveVersion } from './routing/route-table.ts';
import { problemsOfTarget } from './targets/check.ts';
import { answersOf, type TargetParts, targetOf, webSocketOf } from './targets/target.ts';

export { distantProcesses } from './distant/processes.ts';
export { type ConnectionLimits, connectionServer, type TlsFiles } from './exchange/connections.ts';
export { type Peer, peerOf, TrustedProxies } from './exchange/peer.ts';
export type { Answered } from './front/front.ts';
export type { OwnPort, PortOptions } from './front/own-port.ts';
export type { MinuteOfTraffic, TrafficOfRoute } from './front/traffic-book.ts';
export { compileSchema } from './policies/schema/json-schema.ts';
export type { Applications, Draft, Outgoing } from './ports/applications.ts';
export type { ActionCall, Actions, MethodReply, Methods } from './ports/calls.ts';
export type { Contracts, Sealer } from './ports/ports.ts';
export { ownProcesses, type Processes, type ProcessResult, type WholeRequest } from './ports/processes.ts';
export type { RouteBook, RouteChange } from './routing/route-book.ts';

export interface GatewayOptions {
  readonly records: Records;
  readonly processes: Processes;
  readonly methods: Methods;
  readonly actions: Actions;
  readonly applications: Applications;
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
  /**
   * What addresses of answers are proven with: the first one makes proofs, all of them check. Default: a random one, so that
   * such addresses end with this process.
   */
  readonly answerKeys?: readonly Uint8Array[];
  /** Told of each request that was answered. */
  readonly answered?: (answered: Answered) => void;
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
  /** Requests that have no answer yet. */
  readonly underway: number;
  /** Connections that were upgraded. */
  readonly tunnels: number;
  /** The last hour, minute by minute. */
  traffic(): TrafficOfRoute[];
  /** Another one whenever `traffic` is. */
  readonly trafficRevision: string;
  /**
   * Answer a request of the shared port, if it is the gateway's: a route takes it, or its path with another method.
   * @returns false when it belongs to the others on the port
   */
  take(request: IncomingMessage, response: ServerResponse): boolean;
  /** The same for an upgrade. */
  takeUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Listen on a port of its own; what comes there is answered whatever it is. */
  listen(options: PortOptions): Promise<OwnPort>;
  /** Seal what was sealed under a master key of before. @returns how many secrets */
  rotateSecrets(): Promise<number>;
  /** Take nothing new, finish what is under way, but no longer than this. Default 10 s. */
  close(graceMs?: number): Promise<void>;
}

const NONE: ReadonlySet<string> = new Set();
const DEFAULT_MAX_BODY = 64 * 1024 * 1024;
const DEFAULT_LOOK_MS = 1_000;
const DEFAULT_BODY_IDLE_MS = 30_000;
const DEFAULT_CACHE = 64 * 1024 * 1024;
/** A request waits for its mapping, and the mappings of other routes wait behind it. */
const MAPPING_MS = 500;

export function createGateway(options: GatewayOptions): Gateway {
  const { records, data, limits, sealer, log, maxBodyBytes = DEFAULT_MAX_BODY, now = Date.now } = options;
  const { reserved = () => NONE, alone = true, guesses, timing = {} } = options;
  const proxies = new TrustedProxies(options.trustedProxies);
  const slowBodies = new SlowBodies(timing.bodyIdleMs ?? DEFAULT_BODY_IDLE_MS);
  const agent = new Agent({ connections: 256, pipelining: 1, keepAliveTimeout: 30_000 });
  const identification = createIdentification({ records, sealer, agent, log, now, guesses, timing });
  const { consumers, issuers, access } = identification;
  // Not those of the engine: a client's mapping must not keep processes waiting.
  const expressions = options.expressions ?? isolatedExpressions({ limitMs: MAPPING_MS, memoryMb: 64 });
  const quotas = new Quotas(data, now);
  const policies: PolicyParts = {
    access,
    maxBodyBytes,
    data,
    limits,
    quotas,
    expressions,
    cache: new CacheStore(options.cacheBytes ?? DEFAULT_CACHE),
    now,
    random: Math.random,
  };
  const descriptions = new Descriptions(
    () => routes.enabled().map(mainVersion),
    () => access.schemes.filter((scheme) => scheme.offered()).map(({ kind }) => kind),
    options.contracts ?? null,
    now,
  );
  const traffic = new TrafficBook(now);
  const targetParts: TargetParts = {
    ...options,
    agent,
    maxBodyBytes,
    addresses: new AnswerAddresses(options.answerKeys ?? [randomBytes(32)]),
    describe: (target, { request, consumer }) => descriptions.describe(target, hostOf(request), consumer),
  };
  const routes: RouteBook = new RouteBook({
    records,
    now,
    reserved: () => new Set([...reserved(), ANSWERS_SEGMENT]),
    problems: (definition) => [
      ...problemsOfTarget(definition, options.applications),
      ...policyProblems(definition, expressions),
    ],
    changed: async () => {
      traffic.keep(new Set(routes.list().map(({ name }) => name)));
      await live.refresh();
      descriptions.forget();
    },
  });
  const live = new LiveRoutes(() => routes.enabled(), versionOf);
  const front = new Front({ table: () => live.table, log, proxies, slowBodies, answered });
  const belongsToOthers = (path: string): boolean => reserved().has(firstSegment(path));
  const ports = new Set<OwnPort>();
  let looking: NodeJS.Timeout | undefined;

  function versionOf(definition: RouteDefinition): LiveVersion {
    const admitted = accessPolicy(definition.access, access, maxBodyBytes);
    const answers = answersOf(definition, targetParts);
    const webSocket = webSocketOf(definition);
    return {
      definition,
      handler: pipelineOf(definition, policies, targetOf(definition, targetParts)),
      upgrade: webSocket && upgradePipelineOf(definition, policies, webSocket),
      answers: answers && admitted(answers),
    };
  }

  function answered(one: Answered): void {
    if (one.route !== null) traffic.add(one.route, one.status, one.durationMs);
    options.answered?.(one);
  }

  return {
    routes,
    consumers,
    issuers,
    descriptions,
    get underway() {
      return front.underway;
    },
    get tunnels() {
      return front.tunnels;
    },
    traffic: () => traffic.summary(),
    get trafficRevision() {
      return traffic.revision;
    },
    async start() {
      await Promise.all([routes.start(), identification.start(alone)]);
      await live.refresh();
      if (alone) return;
      looking = setInterval(() => {
        routes.look().catch((error: unknown) => log.warn('Changes of routes could not be looked for.', { error }));
      }, timing.lookMs ?? DEFAULT_LOOK_MS);
      looking.unref();
    },
    take: (request, response) => front.take(request, response, belongsToOthers),
    takeUpgrade: (request, socket, head) => front.takeUpgrade(request, socket, head, belongsToOthers),
    async listen(portOptions) {
      const port = await openPort(front, portOptions);
      ports.add(port);
      return port;
    },
    async rotateSecrets() {
      return (await consumers.rotateSecrets()) + (await issuers.rotateSecrets());
    },
    async close(graceMs = 10_000) {
      clearInterval(looking);
      for (const port of ports) port.stop();
      await front.close(graceMs);
      await Promise.all([...ports].map((port) => port.close()));
      slowBodies.close();
      await identification.close();
      await quotas.close();
      if (!options.expressions) await expressions.close();
      await agent.destroy();
    },
  };
}

/** The version that gets most of the traffic. */
function mainVersion(stored: StoredRoute): Live {
  const { definition } = viewOf(stored);
  const version = Object.entries(stored.versions).find(([, one]) => one === definition)![0];
  return { version: Number(version), definition };
}
