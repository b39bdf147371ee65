// Door of the client: the platform's API as typed calls. The shapes are those the server validates by.

import type {
  BreakpointView,
  BulkAnswer,
  BulkOptions,
  DestinationView,
  DiscrepancyView,
  EditRequest,
  EvaluateAnswer,
  EvaluateRequest,
  FiguresView,
  LedgerView,
  LimitView,
  LogQuery,
  LogView,
  PageOf,
  PlatformView,
  ProcessBulkReplayRequest,
  ProcessFilterRequest,
  ProcessView,
  Range,
  RemoteCallQuery,
  RemoteCallView,
  ReplayRequest,
  RunAnswer,
  ScheduleView,
  SecretsRotated,
  SettingView,
  StatisticsView,
  StepView,
  TopologySaved,
  TrashBulkRequest,
  TrashReplayRequest,
  VersionView,
  WaitingBulkRequest,
  WaitingFilterRequest,
  WaitingGroupView,
  WaitingQuery,
  WebhookAddress,
  WebhookCleanAnswer,
  WebhookCleanRequest,
  WebhookQuery,
  WebhookRequest,
  WebhookView,
  WorkerRegistered,
  WorkerRegistration,
  WorkerView,
} from '@sluice/protocol';
import { type CallOptions, Http, type HttpOptions, path } from './http/http.ts';
import { applicationCalls, installCalls } from './resources/applications.ts';
import { type Backup, backupOf } from './resources/backup.ts';
import { type LiveChange, liveChanges } from './resources/events.ts';
import { gatewayCalls } from './resources/gateway.ts';
import { consumerCalls, issuerCalls } from './resources/gateway-access.ts';
import { notificationCalls } from './resources/notifications.ts';
import { auditCalls, roleCalls, sessionCalls, setupCalls, tokenCalls, userCalls } from './resources/people.ts';
import { SyncClient } from './sync/sync.ts';

export { ApiError } from './http/http.ts';
export type { Backup } from './resources/backup.ts';
export type { LiveChange } from './resources/events.ts';
export type { DescriptionOptions, ImportDescription } from './resources/gateway.ts';
export type { MethodCallOptions, SyncCallOptions, SyncResult } from './sync/sync.ts';

export interface RunOptions {
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly user?: string;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ImportOptions {
  /** Name of the topology; without it the one in the file. */
  readonly name?: string | undefined;
  /** Workers by the names the file calls them, as they are called here. */
  readonly workers?: Readonly<Record<string, string>> | undefined;
}

export interface ListProcesses {
  readonly topology?: string | undefined;
  readonly status?: ProcessView['status'] | undefined;
  readonly user?: string | undefined;
  readonly replayOf?: string | undefined;
  readonly businessKey?: string | undefined;
  /** Processes that messages of this process started. */
  readonly parentId?: string | undefined;
  /** Epoch ms. */
  readonly startedFrom?: number | undefined;
  readonly startedTo?: number | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

type Query = NonNullable<CallOptions['query']>;

const importQuery = ({ name, workers = {} }: ImportOptions): Query => ({
  name,
  worker: Object.entries(workers).map(([old, now]) => `${old}=${now}`),
});

export class SluiceClient {
  readonly #http: Http;
  /** Calls that are answered at once. */
  readonly sync: SyncClient;
  readonly applications: ReturnType<typeof applicationCalls>;
  /** Who may call the gateway. */
  readonly consumers: ReturnType<typeof consumerCalls>;
  /** Whose access tokens the gateway takes. */
  readonly issuers: ReturnType<typeof issuerCalls>;
  /** Applications as users have them. */
  readonly installs: ReturnType<typeof installCalls>;
  /** First set-up. */
  readonly setup: ReturnType<typeof setupCalls>;
  /** Who asks, and the own account. */
  readonly session: ReturnType<typeof sessionCalls>;
  readonly users: ReturnType<typeof userCalls>;
  readonly roles: ReturnType<typeof roleCalls>;
  readonly tokens: ReturnType<typeof tokenCalls>;
  readonly audit: ReturnType<typeof auditCalls>;
  readonly gateway: ReturnType<typeof gatewayCalls>;
  /** Who is told of what, and how. */
  readonly notifications: ReturnType<typeof notificationCalls>;

  /** @param options.url  such as http://127.0.0.1:7700 */
  constructor(options: HttpOptions) {
    this.#http = new Http(options);
    this.sync = new SyncClient(this.#http);
    this.applications = applicationCalls(this.#http);
    this.consumers = consumerCalls(this.#http);
    this.issuers = issuerCalls(this.#http);
    this.installs = installCalls(this.#http);
    this.setup = setupCalls(this.#http);
    this.session = sessionCalls(this.#http);
    this.users = userCalls(this.#http);
    this.roles = roleCalls(this.#http);
    this.tokens = tokenCalls(this.#http);
    this.audit = auditCalls(this.#http);
    this.gateway = gatewayCalls(this.#http);
    this.notifications = notificationCalls(this.#http);
  }

  /** Start a process. Every method throws ApiError when the platform says no, and when it cannot be reached. */
  run(
    topology: string,
    startNode: string,
    { body = '', contentType, user, idempotencyKey, headers }: RunOptions = {},
  ): Promise<RunAnswer> {
    return this.#http.call('POST', path`/run/${topology}/${startNode}`, {
      query: { user },
      raw: body,
      headers: {
        ...headers,
        'content-type': contentType ?? 'application/json',
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
    });
  }

  /** Every page of a listing, one item after the other. */
  async *all<T>(list: (page: { cursor?: string }) => Promise<PageOf<T>>): AsyncGenerator<T> {
    let cursor: string | null = null;
    do {
      const page: PageOf<T> = await list(cursor === null ? {} : { cursor });
      yield* page.items;
      cursor = page.next;
    } while (cursor !== null);
  }

  readonly workers = {
    register: (worker: WorkerRegistration): Promise<WorkerRegistered> =>
      this.#http.call('POST', '/api/v1/workers', { json: worker }),
    list: (): Promise<PageOf<WorkerView>> => this.#http.call('GET', '/api/v1/workers'),
    get: (name: string): Promise<WorkerView> => this.#http.call('GET', path`/api/v1/workers/${name}`),
    remove: (name: string): Promise<void> => this.#http.call('DELETE', path`/api/v1/workers/${name}`),
  };

  readonly topologies = {
    /** @param model  a model, or the JSON of a file *.tplg.json, which does not say its name */
    save: (model: unknown, options: ImportOptions = {}): Promise<TopologySaved> =>
      this.#http.call('POST', '/api/v1/topologies', { query: importQuery(options), json: model }),
    /** What `save` would answer; nothing is stored. */
    foresee: (model: unknown): Promise<TopologySaved> =>
      this.#http.call('POST', '/api/v1/topologies', { json: model, query: { dryRun: true } }),
    /** Store a document in BPMN 2.0, as bytes where its encoding is not known. */
    saveBpmn: (xml: string | Uint8Array, options: ImportOptions = {}): Promise<TopologySaved> =>
      this.#http.call('POST', '/api/v1/topologies', {
        query: importQuery(options),
        raw: xml,
        headers: { 'content-type': typeof xml === 'string' ? 'application/xml; charset=utf-8' : 'application/xml' },
      }),
    getBpmn: (name: string, version?: number): Promise<string> =>
      this.#http.call('GET', path`/api/v1/topologies/${name}`, { query: { version, format: 'bpmn' }, as: 'text' }),
    list: (): Promise<PageOf<VersionView>> => this.#http.call('GET', '/api/v1/topologies'),
    get: (
      name: string,
      version?: number,
    ): Promise<Record<string, unknown> & { version: number; state: VersionView['state'] }> =>
      this.#http.call('GET', path`/api/v1/topologies/${name}`, { query: { version } }),
    /** A version as text of a format. */
    export: (name: string, format: 'ts', version?: number): Promise<string> =>
      this.#http.call('GET', path`/api/v1/topologies/${name}`, { query: { version, format }, as: 'text' }),
    publish: (name: string, version: number): Promise<VersionView> =>
      this.#http.call('POST', path`/api/v1/topologies/${name}/versions/${version}/publish`),
    enable: (name: string, version: number): Promise<VersionView> =>
      this.#http.call('POST', path`/api/v1/topologies/${name}/versions/${version}/enable`),
    disable: (name: string, version: number): Promise<VersionView> =>
      this.#http.call('POST', path`/api/v1/topologies/${name}/versions/${version}/disable`),
  };

  readonly expressions = {
    /** What JSONata gives for a sample message; nothing is stored or sent. */
    evaluate: (expression: string, message: EvaluateRequest['message']): Promise<EvaluateAnswer> =>
      this.#http.call('POST', '/api/v1/expressions/evaluate', { json: { expression, message } }),
  };

  readonly processes = {
    list: (query: ListProcesses = {}): Promise<PageOf<ProcessView>> =>
      this.#http.call('GET', '/api/v1/processes', { query: query as Query }),
    get: (id: string): Promise<ProcessView> => this.#http.call('GET', path`/api/v1/processes/${id}`),
    history: (
      id: string,
      query: { limit?: number; cursor?: string; bodies?: boolean } = {},
    ): Promise<PageOf<StepView> & { process: ProcessView }> =>
      this.#http.call('GET', path`/api/v1/processes/${id}/history`, { query }),
    cancel: (id: string): Promise<ProcessView> => this.#http.call('POST', path`/api/v1/processes/${id}/cancel`),
    replay: (id: string, request: ReplayRequest = {}): Promise<RunAnswer> =>
      this.#http.call('POST', path`/api/v1/processes/${id}/replay`, { json: request }),
    replayAll: (request: ProcessBulkReplayRequest): Promise<BulkAnswer> =>
      this.#http.call('POST', '/api/v1/processes/replay', { json: request }),
    /** Of those that match only the running ones. */
    cancelAll: (request: BulkOptions & { filter: ProcessFilterRequest }): Promise<BulkAnswer> =>
      this.#http.call('POST', '/api/v1/processes/cancel', { json: request }),
    /** Undo its completed steps, the last one first. */
    compensate: (id: string): Promise<RunAnswer> => this.#http.call('POST', path`/api/v1/processes/${id}/compensate`),
  };

  readonly breakpoints = {
    list: (): Promise<PageOf<BreakpointView>> => this.#http.call('GET', '/api/v1/breakpoints'),
    set: (topology: string, node: string): Promise<BreakpointView> =>
      this.#http.call('PUT', path`/api/v1/breakpoints/${topology}/${node}`),
    remove: (topology: string, node: string): Promise<BreakpointView> =>
      this.#http.call('DELETE', path`/api/v1/breakpoints/${topology}/${node}`),
  };

  readonly trash = {
    ...this.#waiting('/api/v1/trash', 'replay', 'discard'),
    /** Let it go on, perhaps edited; with `toVersion` there, as the new process of the answer. */
    replay: (id: string, edit: TrashReplayRequest = {}): Promise<{ status: string; processId?: string }> =>
      this.#http.call('POST', path`/api/v1/trash/${id}/replay`, { json: edit }),
    replayAll: (filter: TrashBulkRequest = {}): Promise<BulkAnswer> =>
      this.#http.call('POST', '/api/v1/trash/replay', { json: filter }),
    /** Other published versions on which a message could go on. */
    destinations: (id: string): Promise<PageOf<DestinationView>> =>
      this.#http.call('GET', path`/api/v1/trash/${id}/destinations`),
  };
  readonly userTasks = this.#waiting('/api/v1/user-tasks', 'accept', 'reject');
  /** Messages that breakpoints hold. */
  readonly stopped = this.#waiting('/api/v1/breakpoints/messages', 'resume', 'discard');

  ledger(topology?: string): Promise<LedgerView> {
    return this.#http.call('GET', '/api/v1/ledger', { query: { topology } });
  }

  /** Processes that have other messages than they should. */
  ledgerAudit(): Promise<PageOf<DiscrepancyView>> {
    return this.#http.call('GET', '/api/v1/ledger/audit');
  }

  statistics(range: Range = '24h'): Promise<StatisticsView> {
    return this.#http.call('GET', '/api/v1/statistics', { query: { range } });
  }

  /** Lines that steps wrote for people, the newest last. */
  logs(query: LogQuery = {}): Promise<PageOf<LogView>> {
    return this.#http.call('GET', '/api/v1/logs', { query: { ...query } });
  }

  /** How fast nodes and remote services are, the slowest first. */
  figures(range: Range = '1h'): Promise<FiguresView> {
    return this.#http.call('GET', '/api/v1/figures', { query: { range } });
  }

  /** Requests of steps to remote services, the newest last. */
  remoteCalls(query: RemoteCallQuery = {}): Promise<PageOf<RemoteCallView>> {
    return this.#http.call('GET', '/api/v1/remote-calls', { query: { ...query } });
  }

  /** What starts by itself, and when next. */
  schedules(): Promise<PageOf<ScheduleView>> {
    return this.#http.call('GET', '/api/v1/schedules');
  }

  /** How full limits are that are in use. */
  limits(): Promise<PageOf<LimitView>> {
    return this.#http.call('GET', '/api/v1/limits');
  }

  readonly secrets = {
    /** Seal everything under the present master key. */
    rotate: (): Promise<SecretsRotated> => this.#http.call('POST', '/api/v1/secrets/rotate'),
  };

  readonly webhooks = {
    list: (query: WebhookQuery = {}): Promise<PageOf<WebhookView>> =>
      this.#http.call('GET', '/api/v1/webhooks', { query: query as Query }),
    get: (id: string): Promise<WebhookView> => this.#http.call('GET', path`/api/v1/webhooks/${id}`),
    /** Where its events are delivered; the secret is in it. */
    address: (id: string): Promise<WebhookAddress> => this.#http.call('GET', path`/api/v1/webhooks/${id}/address`),
    subscribe: (request: WebhookRequest): Promise<WebhookView> =>
      this.#http.call('POST', '/api/v1/webhooks', { json: request }),
    /** End it; one that is ended already is forgotten, and nothing is answered. */
    unsubscribe: (id: string): Promise<WebhookView | undefined> =>
      this.#http.call('DELETE', path`/api/v1/webhooks/${id}`),
    /** Ask the service again now. */
    retry: (id: string): Promise<WebhookView> => this.#http.call('POST', path`/api/v1/webhooks/${id}/retry`),
    /** Subscriptions at services that lead here and that nobody knows; without `dryRun: false` only shown. */
    clean: (request: WebhookCleanRequest = {}): Promise<WebhookCleanAnswer> =>
      this.#http.call('POST', '/api/v1/webhooks/clean', { json: request }),
  };

  /**
   * Changes as they happen, until the signal aborts or the platform goes away.
   * @param options.after  number of the last event that is known; without it from now on
   */
  events(options: { after?: number | undefined; signal?: AbortSignal } = {}): AsyncGenerator<LiveChange> {
    return liveChanges(this.#http, options);
  }

  /** The environment as it is in force. */
  settings(): Promise<PageOf<SettingView>> {
    return this.#http.call('GET', '/api/v1/settings');
  }

  /** A copy of everything, as it is sent; `bytes` is how much there is to come. */
  backup(): Promise<Backup> {
    return backupOf(this.#http);
  }

  /** Which platform answers. */
  platform(): Promise<PlatformView> {
    return this.#http.call('GET', '/api/v1/platform');
  }

  /** Whether messages can be taken, and if not, why. */
  async ready(): Promise<{ status: string; reason?: string }> {
    return this.#http.call('GET', '/readyz', { accept: [200, 503] });
  }

  #waiting(root: string, onward: string, away: string) {
    return {
      list: (query: WaitingQuery = {}): Promise<PageOf<StepView>> =>
        this.#http.call('GET', root, { query: query as Query }),
      /** How many wait at each node for each reason. */
      groups: (filter: WaitingFilterRequest = {}): Promise<PageOf<WaitingGroupView>> =>
        this.#http.call('GET', `${root}/groups`, { query: { ...filter } }),
      get: (id: string): Promise<StepView> => this.#http.call('GET', `${root}/${encodeURIComponent(id)}`),
      /** Let it go on, perhaps edited. */
      replay: (id: string, edit: EditRequest = {}): Promise<{ status: string }> =>
        this.#http.call('POST', `${root}/${encodeURIComponent(id)}/${onward}`, { json: edit }),
      discard: (id: string): Promise<{ status: string }> =>
        this.#http.call('POST', `${root}/${encodeURIComponent(id)}/${away}`),
      replayAll: (filter: WaitingBulkRequest = {}): Promise<BulkAnswer> =>
        this.#http.call('POST', `${root}/${onward}`, { json: filter }),
      discardAll: (filter: WaitingBulkRequest = {}): Promise<BulkAnswer> =>
        this.#http.call('POST', `${root}/${away}`, { json: filter }),
    };
  }
}
