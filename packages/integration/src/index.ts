// Door of the integration layer: the platform's side of applications.

import type { DataStore, Engine, Log, RecordStore } from '@sluice/engine';
import type { Wire } from '@sluice/sdk';
import { ApplicationCatalogue } from './applications/catalogue.ts';
import type { Workers } from './applications/workers.ts';
import { Asks } from './asks/asks.ts';
import { ProviderAuthorisation } from './authorisation/service.ts';
import { DEFAULT_TIMING, type Timing } from './authorisation/tokens/keeper.ts';
import { TokenStore } from './authorisation/tokens/store.ts';
import { Existing } from './existing/existing.ts';
import { type ExistingPort, noExisting } from './existing/port.ts';
import { InstallHosts } from './installs/hosts.ts';
import { Installs } from './installs/installs.ts';
import { InstallStore } from './installs/store.ts';
import { Outbound } from './outbound/outbound.ts';
import { type Limits, SyncCalls } from './sync/calls.ts';
import { SyncMethods } from './sync/methods.ts';
import type { Vault } from './vault/vault.ts';
import { Deliveries } from './webhooks/deliveries.ts';
import { Webhooks } from './webhooks/webhooks.ts';

export type { Offering, Workers } from './applications/workers.ts';
export type { Returned } from './authorisation/authorisation.ts';
export type { ProviderAuthorisation } from './authorisation/service.ts';
export type { Timing } from './authorisation/tokens/keeper.ts';
export { answerData } from './data/answer.ts';
export { spaceOf } from './data/space.ts';
export type { Place as ExistingPlace } from './existing/client.ts';
export type { ExistingMethodAnswer, ExistingMethodRequest } from './existing/methods.ts';
export { type AskExisting, type ExistingOffer, readOffer } from './existing/offer.ts';
export type {
  ExistingPort,
  ExistingRequest,
  ExistingResponse,
  ExistingWorker,
  NodeAction,
  WebhookNode,
} from './existing/port.ts';
export type { InstallHost } from './installs/host.ts';
export { type ActionRequest, DEFAULT_TIMEOUT_MS, DEFAULT_WAIT_MS } from './sync/calls.ts';
export { type SyncAnswer, shownHeaders } from './sync/judge.ts';
export { limitKeys } from './sync/limits.ts';
export type { MethodAnswer, MethodBody, MethodResult } from './sync/methods.ts';
export { Vault } from './vault/vault.ts';

export type { Received, Taken } from './webhooks/deliveries.ts';

/** Where providers send people back to, below the public address of the platform. */
export const CALLBACK_PATH = '/api/v1/oauth/callback';

export interface IntegrationOptions {
  readonly engine: Pick<Engine, 'topologies' | 'run'>;
  readonly records: RecordStore;
  readonly data: DataStore;
  readonly workers: Workers;
  /** Workers of the existing wire; default none. */
  readonly existing?: ExistingPort;
  readonly vault: Vault;
  readonly log: Log;
  readonly limits: Limits;
  /** Address of the platform as people and providers reach it. */
  readonly publicUrl: () => string;
  readonly now?: () => number;
  /** How requests to providers leave; a test answers them in process. */
  readonly wire?: Wire;
  /** How long providers are waited for. */
  readonly timing?: Partial<Timing>;
}

export interface Integration {
  readonly applications: ApplicationCatalogue;
  readonly installs: Installs;
  readonly authorisation: ProviderAuthorisation;
  readonly asks: Asks;
  readonly calls: SyncCalls;
  readonly methods: SyncMethods;
  /** Requests that need no code of the application. */
  readonly outbound: Outbound;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  /** Workers of the existing wire. */
  readonly existing: Existing;
  /** Applications and installs of both. */
  readonly hosts: InstallHosts;
  /** Seal everything again that is sealed under a former key. */
  rotateSecrets(): Promise<{ installs: number; tokens: number; begun: number; webhooks: number }>;
  /**
   * Settle what earlier processes left, and go on with what they began.
   * @param alone  no other process uses the store
   */
  start(alone: boolean): Promise<void>;
  stop(): Promise<void>;
}

export function createIntegration(options: IntegrationOptions): Integration {
  const { engine, records, data, workers, vault, log, publicUrl, now = Date.now, wire, timing, limits } = options;
  const applications = new ApplicationCatalogue(workers);
  const store = new InstallStore(records, vault);
  const tokens = new TokenStore(records, vault);
  const authorisation: ProviderAuthorisation = new ProviderAuthorisation({
    records,
    vault,
    installs: store,
    tokens,
    catalogue: applications,
    now,
    log,
    callbackUrl: () => `${publicUrl().replace(/\/+$/, '')}${CALLBACK_PATH}`,
    timing: { ...DEFAULT_TIMING, ...timing },
    ...(wire && { wire }),
    authorised: (application, user) => installs.afterwards(application, user, 'authorised'),
  });
  const installs: Installs = new Installs({ catalogue: applications, store, authorisation, now });
  const calls = new SyncCalls(workers, limits, now);
  const webhooks = new Webhooks({ engine, records, vault, catalogue: applications, installs, log, now });
  const existing = new Existing({ records, port: options.existing ?? noExisting, log, now });
  return {
    applications,
    installs,
    existing,
    hosts: new InstallHosts(applications, installs, existing),
    authorisation,
    calls,
    outbound: new Outbound({ catalogue: applications, installs, calls, now }),
    methods: new SyncMethods(applications, workers, calls, now),
    asks: new Asks({ catalogue: applications, installs, data, calls, now }),
    webhooks,
    deliveries: new Deliveries({ engine, catalogue: applications, installs, webhooks, now }),
    rotateSecrets: async () => ({
      installs: await store.rotate(),
      ...(await authorisation.rotate()),
      webhooks: await webhooks.book.rotate(),
    }),
    start: (alone) => authorisation.start(alone),
    stop: () => authorisation.stop(),
  };
}
