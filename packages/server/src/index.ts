// Door of the server: the platform's HTTP API and worker links around an engine.

import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import swagger from '@fastify/swagger';
import type { AuditStore, DataStore, Engine, Log, RecordStore } from '@sluice/engine';
import type { WorkerDirectory } from '@sluice/engine/workers';
import {
  connectionServer,
  createGateway,
  distantProcesses,
  type Gateway,
  type GatewayTiming,
  type OwnPort,
  type TlsFiles,
} from '@sluice/gateway';
import { createAccess, type OidcOptions } from '@sluice/identity';
import { createIntegration, Vault } from '@sluice/integration';
import { Notifications } from '@sluice/notifications';
import { ADMIN_PATH, SCOPES, type SettingView, SluiceError } from '@sluice/protocol';
import { type FastifyInstance, fastify } from 'fastify';
import { Registry } from 'prom-client';
import { OidcCookie, SessionCookie } from './auth/cookies.ts';
import { installGuard, type RouteEntry } from './auth/guard.ts';
import { OwnOrigin } from './auth/same-origin.ts';
import { type BackupPlace, Backups } from './backup/backups.ts';
import { contractsOf } from './description/contracts.ts';
import { Figures } from './figures/figures.ts';
import { RemoteCalls } from './figures/remote-calls.ts';
import { gatewayPorts } from './gateway/ports.ts';
import { onlyIf } from './http/part.ts';
import { installProblems } from './http/problem.ts';
import { describe } from './http/schema.ts';
import { dispatchUpgrades } from './http/upgrades.ts';
import { validatorsOnDemand } from './http/validators.ts';
import { answerAsk } from './links/asks.ts';
import { LinkHub } from './links/hub.ts';
import { installAudit } from './observe/audit.ts';
import { installGatewayMetrics } from './observe/gateway-metrics.ts';
import { WorkerRecords } from './observe/logs.ts';
import { installMetrics } from './observe/metrics.ts';
import { notificationSources } from './observe/notification-sources.ts';
import { installWebhookMetrics } from './observe/webhook-metrics.ts';
import { accountLinkRoutes } from './routes/account-links.ts';
import { type AdminPage, adminFiles } from './routes/admin.ts';
import { applicationRoutes } from './routes/applications.ts';
import { askRoutes } from './routes/asks.ts';
import { auditRoutes } from './routes/audit.ts';
import { authorisationRoutes } from './routes/authorisation.ts';
import { breakpointRoutes } from './routes/breakpoints.ts';
import { docsRoutes } from './routes/docs.ts';
import { eventRoutes } from './routes/events.ts';
import { existingRoutes } from './routes/existing.ts';
import { existingHookRoutes } from './routes/existing-hooks.ts';
import { expressionRoutes } from './routes/expressions.ts';
import { figureRoutes } from './routes/figures.ts';
import { gatewayConsumerRoutes } from './routes/gateway-consumers.ts';
import { gatewayDescriptionRoutes } from './routes/gateway-descriptions.ts';
import { gatewayIssuerRoutes } from './routes/gateway-issuers.ts';
import { gatewayRoutes } from './routes/gateway-routes.ts';
import { gatewayTrafficRoutes } from './routes/gateway-traffic.ts';
import { healthRoutes } from './routes/health.ts';
import { hookRoutes } from './routes/hooks.ts';
import { installRoutes } from './routes/installs.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { logRoutes } from './routes/logs.ts';
import { mcpRoutes } from './routes/mcp.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { operationRoutes } from './routes/operation.ts';
import type { Parts } from './routes/parts.ts';
import { platformRoutes } from './routes/platform.ts';
import { processRoutes } from './routes/processes.ts';
import { roleRoutes } from './routes/roles.ts';
import { runRoutes } from './routes/run.ts';
import { secretRoutes } from './routes/secrets.ts';
import { sessionRoutes } from './routes/session.ts';
import { settingRoutes } from './routes/settings.ts';
import { setupRoutes } from './routes/setup.ts';
import { startingPointRoutes } from './routes/starting-point.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { syncActionRoutes } from './routes/sync-actions.ts';
import { syncMethodRoutes } from './routes/sync-methods.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { topologyRoutes } from './routes/topologies.ts';
import { userRoutes } from './routes/users.ts';
import { waitingRoutes } from './routes/waiting.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { workerApiRoutes } from './routes/worker-api.ts';
import { workerRoutes } from './routes/workers.ts';
import { WorkerRegistry } from './workers/registry.ts';

export type { TlsFiles } from '@sluice/gateway';
export type { OidcOptions } from '@sluice/identity';
export { type ActionTarget, callAction, type PlainAnswer, type PlainRequest } from './sync/call-action.ts';

export interface ServerOptions {
  readonly engine: Engine;
  readonly records: RecordStore;
  readonly data: DataStore;
  readonly audit: AuditStore;
  readonly directory: WorkerDirectory;
  /** Token with all scopes, for automation. */
  readonly adminToken: string;
  /** Master key of what is sealed at rest. */
  readonly secretKey: string;
  /** Master keys of before: they still open what was sealed under them. */
  readonly formerSecretKeys?: readonly string[];
  readonly log: Log;
  /** Address of the platform as people and providers reach it; default the one it listens on. */
  readonly publicUrl?: string;
  /** Provider that people may sign in by; default none. */
  readonly oidc?: OidcOptions;
  /** No other process uses the store: what others left is settled at once. Default true. */
  readonly alone?: boolean;
  /** Default 64 MiB. */
  readonly maxBodyBytes?: number;
  /** How long the audit log is kept. Default a year. */
  readonly auditMs?: number;
  /** How often tokens of existing workers are looked at. Default one minute. */
  readonly tokenCheckMs?: number;
  /** The environment as it is in force, without secrets. */
  readonly settings?: readonly SettingView[];
  /** How a backup is made, and the folder for it until it was fetched; without it the store is backed up by its own means. */
  readonly backup?: BackupPlace;
  /** How often rules of notifications are looked at. Default 5 s. */
  readonly notificationLookMs?: number;
  /** Default true. False: synchronous calls and tools answer that they are off. */
  readonly sync?: boolean;
  /** Origins of pages that may use tools, beside those of this machine. */
  readonly mcpOrigins?: readonly string[];
  /** Folder of the built web application; without it there is none. */
  readonly adminDirectory?: string;
  /** The gateway answers here. Default true. */
  readonly gateway?: boolean;
  /** Port of the gateway's own. Default: it shares the port of the platform. */
  readonly gatewayPort?: number;
  /** What that port proves with who it is. Default: it speaks plain HTTP. */
  readonly gatewayTls?: TlsFiles;
  /** Processes that routes of the gateway start, when they are not of this platform. */
  readonly engineElsewhere?: { readonly url: string; readonly token: string };
  /** Default: the server listens on loopback only. */
  readonly loopbackOnly?: boolean;
  /** Proxies in front that are believed what they say of clients. Default none. */
  readonly trustedProxies?: readonly string[];
  /** How long clients may take, and issuers. */
  readonly timing?: GatewayTiming & { readonly headersMs?: number; readonly lookMs?: number };
}

export interface PlatformServer {
  readonly app: FastifyInstance;
  /** Every route, for those who check all of them. */
  readonly routes: readonly RouteEntry[];
  /** What whoever is not at this machine needs for the first account, or null when there is one. */
  readonly setupCode: string | null;
  /** Address of the gateway's own port; null = it has none. */
  readonly gatewayUrl: () => string | null;
  /** @returns the address it listens on */
  listen(port: number, host: string): Promise<string>;
  close(): Promise<void>;
}

/** What the audit log sees of objects is what their routes show. */
const READING = SCOPES.filter((scope) => scope.endsWith(':read'));
/** As `*`, of which Fastify does not remember for which types it was found: it would take each request's type apart. */
const ANY_TYPE = /^/;
const DEFAULT_MAX_BODY = 64 * 1024 * 1024;
const DEFAULT_TOKEN_CHECK_MS = 60_000;
const DEFAULT_AUDIT_MS = 365 * 86_400_000;

export async function createServer(options: ServerOptions): Promise<PlatformServer> {
  const {
    engine,
    records,
    data,
    audit,
    auditMs = DEFAULT_AUDIT_MS,
    directory,
    adminToken,
    secretKey,
    formerSecretKeys = [],
    log,
    publicUrl,
    oidc,
    alone = true,
    maxBodyBytes = DEFAULT_MAX_BODY,
    tokenCheckMs = DEFAULT_TOKEN_CHECK_MS,
    notificationLookMs,
    settings = [],
    backup,
    loopbackOnly = true,
    sync = true,
    mcpOrigins = [],
    adminDirectory,
    trustedProxies = [],
    timing = {},
    gateway: gatewayHere = true,
    gatewayPort,
    gatewayTls,
    engineElsewhere,
  } = options;
  const vault = new Vault(secretKey, formerSecretKeys);
  let reserved: ReadonlySet<string> = new Set();
  const metrics = new Registry();
  const shared = gatewayHere && gatewayPort === undefined;
  const distant = engineElsewhere && distantProcesses(engineElsewhere);
  const gateway: Gateway = createGateway({
    ...gatewayPorts({ engine, integration: () => integration, sync, processes: distant }),
    records,
    sealer: vault,
    data,
    limits: engine.limits,
    log,
    alone,
    trustedProxies,
    timing,
    maxBodyBytes,
    contracts: { of: (target) => contractsOf({ engine, integration, workers }).of(target) },
    answerKeys: [secretKey, ...formerSecretKeys].map(answerKey),
    answered: installGatewayMetrics(metrics, () => gateway),
    ...(shared ? { reserved: () => reserved } : {}),
  });
  const app = fastify({
    bodyLimit: maxBodyBytes,
    // The platform and the gateway share a port: what no part of the platform is named by goes to the gateway first.
    serverFactory: (platform) => {
      const server = connectionServer((request, response) => {
        if (!shared || !gateway.take(request, response)) platform(request, response);
      }, timing);
      server.on('checkContinue', (request, response) => {
        if (shared && gateway.take(request, response)) return;
        response.writeContinue();
        platform(request, response);
      });
      return server;
    },
    forceCloseConnections: 'idle',
    // What is no request is answered where connections are made.
    clientErrorHandler: () => {},
    routerOptions: { maxParamLength: 400 },
    schemaController: { compilersFactory: { buildValidator: validatorsOnDemand } },
    ajv: { customOptions: { coerceTypes: true, removeAdditional: false, allErrors: true, useDefaults: true } },
  });
  // Answers are made by code that is typed by the same shapes; a second filter would only hide mistakes.
  app.setSerializerCompiler(() => JSON.stringify);
  let adminPage: AdminPage = () => null;
  installProblems(app, log, maxBodyBytes, (request, reply) => adminPage(request, reply));
  // An empty body of a JSON request is no body: acts without arguments are common.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') return done(null, undefined);
    try {
      done(null, JSON.parse(text as string));
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400 }));
    }
  });

  let address = publicUrl ?? '';
  const access = createAccess({ records, audit, auditMs, ...(oidc ? { oidc } : {}), log, publicUrl: () => address });
  await access.start(adminToken);
  const { tokens, sessions } = access;
  const origin = new OwnOrigin(publicUrl);
  const cookie = new SessionCookie(origin.isSecure);
  const oidcCookie = new OidcCookie(origin.isSecure);
  installMetrics(metrics, engine);
  const figures = new Figures(records, log);
  engine.observeSteps((queue, durationMs, failed) => figures.step(queue, durationMs, failed));
  const remoteCalls = new RemoteCalls();
  const workerRecords = new WorkerRecords(metrics, (worker, record) => figures.call(remoteCalls.add(worker, record)));
  const hub = new LinkHub(directory, tokens, {
    records: (worker, lines) => workerRecords.add(worker, lines),
    ask: (worker, ask) => answerAsk(integration.asks, log, worker, ask),
    welcome: (worker, manifest) => {
      workers.said(worker, manifest);
      integration.webhooks.workerSaid(manifest);
    },
  });
  const workers = new WorkerRegistry({
    records,
    directory,
    hub,
    tokens,
    vault,
    engine,
    log,
    callExisting: (worker, call, send) => integration.existing.calls.call(worker, call, send),
  });
  const integration = createIntegration({
    engine,
    records,
    data,
    workers,
    existing: workers,
    vault,
    log,
    limits: engine.limits,
    publicUrl: () => address,
  });
  const notifications = new Notifications({
    records,
    sealer: vault,
    sources: notificationSources({ engine, workers, integration, gatewayTls }),
    start: async (topology, startNode, idempotencyKey, body) => {
      await engine.run(topology, startNode, { body, contentType: 'application/json', idempotencyKey });
    },
    log,
    urlOf: (page) => `${address.replace(/\/+$/, '')}${ADMIN_PATH}${page}`,
    ...(notificationLookMs === undefined ? {} : { lookMs: notificationLookMs }),
  });
  installWebhookMetrics(metrics, integration);
  const routes = installGuard(app, { tokens, sessions, cookie, origin });
  const trail = installAudit(app, access.audit, tokens.inside('audit', READING));
  const parts: Parts = {
    engine,
    records,
    access,
    trail,
    cookie,
    oidcCookie,
    origin,
    mustBeOwnPage(request) {
      if (origin.denies(request.headers)) throw new SluiceError('auth.cross_site', {});
    },
    workers,
    integration,
    workerRecords,
    remoteCalls,
    figures,
    notifications,
    settings,
    backups: backup ? new Backups(backup, log) : null,
    metrics,
    log,
    gateway,
    sync,
    loopbackOnly,
    mcpOrigins,
  };

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sluice', version: '1', description: 'REST API of the integration platform.' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  });
  await app.register(async (api) => {
    for (const routes of [
      healthRoutes,
      platformRoutes,
      workerRoutes,
      applicationRoutes,
      installRoutes,
      authorisationRoutes,
      secretRoutes,
      existingRoutes,
      gatewayRoutes,
      gatewayTrafficRoutes,
      gatewayConsumerRoutes,
      gatewayIssuerRoutes,
      gatewayDescriptionRoutes,
      docsRoutes,
      askRoutes,
      webhookRoutes,
      ledgerRoutes,
      figureRoutes,
      notificationRoutes,
      settingRoutes,
      setupRoutes,
      sessionRoutes,
      oidcRoutes,
      accountLinkRoutes,
      userRoutes,
      roleRoutes,
      auditRoutes,
      tokenRoutes,
      eventRoutes,
      logRoutes,
      workerApiRoutes,
    ])
      routes(api, parts);
    for (const routes of [
      topologyRoutes,
      operationRoutes,
      processRoutes,
      waitingRoutes,
      breakpointRoutes,
      statisticsRoutes,
      expressionRoutes,
    ])
      await api.register(async (part) => {
        onlyIf(part, engine.processes, () => new SluiceError('engine.off', {}));
        routes(part, parts);
      });
    await api.register(async (part) => {
      onlyIf(part, sync, () => new SluiceError('sync.off', {}));
      mcpRoutes(part, parts);
    });
    const schema = describe({ summary: 'This description', tag: 'operation' });
    api.get('/api/v1/openapi.json', { config: { scope: 'topology:read' }, schema }, async () => app.swagger());
  });
  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser(ANY_TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    await raw.register(async (part) => {
      onlyIf(part, engine.processes, () => new SluiceError('engine.off', {}));
      runRoutes(part, parts);
      startingPointRoutes(part, parts);
      hookRoutes(part, parts);
      existingHookRoutes(part, parts);
    });
    await raw.register(async (part) => {
      onlyIf(part, sync, () => new SluiceError('sync.off', {}));
      syncActionRoutes(part, parts);
    });
  });
  await app.register(async (streams) => {
    streams.removeAllContentTypeParsers();
    streams.addContentTypeParser(ANY_TYPE, (_request, body, done) => done(null, body));
    onlyIf(streams, sync, () => new SluiceError('sync.off', {}));
    syncMethodRoutes(streams, parts);
  });
  if (adminDirectory !== undefined) adminPage = await adminFiles(app, adminDirectory);
  dispatchUpgrades(app.server as Server, shared ? [hub.takeUpgrade, gateway.takeUpgrade] : [hub.takeUpgrade]);
  await app.ready();
  reserved = new Set(routes.map(({ url }) => url.split('/')[1]!));
  await workers.start();
  await figures.start();
  await integration.start(alone);
  integration.existing.refresh.start(tokenCheckMs);
  let ownPort: OwnPort | null = null;

  return {
    app,
    routes,
    get setupCode() {
      return access.setup.code;
    },
    gatewayUrl: () => ownPort?.url ?? null,
    async listen(port, host) {
      // Before the first request: a route that is not read yet would be answered with 404.
      await gateway.start();
      const url = await app.listen({ port, host });
      address ||= url;
      await integration.webhooks.start(address);
      await notifications.start();
      if (gatewayHere && gatewayPort !== undefined)
        ownPort = await gateway.listen({ port: gatewayPort, host, ...(gatewayTls ? { tls: gatewayTls } : {}) });
      return url;
    },
    async close() {
      await notifications.stop();
      workers.stop();
      await integration.existing.refresh.stop();
      hub.close();
      await integration.webhooks.close();
      await Promise.all([app.close(), gateway.close()]);
      await distant?.close();
      await figures.stop();
      await integration.stop();
      await access.stop();
      await directory.close();
    },
  };
}

/** What addresses of answers are proven with: made of the master key, so that they hold after a restart and on every replica. */
const answerKey = (secretKey: string): Uint8Array =>
  createHmac('sha256', secretKey).update('addresses of answers').digest();
