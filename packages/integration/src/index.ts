// Door of the integration layer: the platform's side of applications.

import type { Log, RecordStore } from '@sluice/engine';
import { ApplicationCatalogue } from './applications/catalogue.ts';
import type { Workers } from './applications/workers.ts';
import { Asks } from './asks/asks.ts';
import { noTokens } from './authorisation/authorisation.ts';
import { Installs } from './installs/installs.ts';
import { InstallStore } from './installs/store.ts';
import { type Limits, SyncCalls } from './sync/calls.ts';
import { SyncMethods } from './sync/methods.ts';
import type { Vault } from './vault/vault.ts';

export type { Offering, Workers } from './applications/workers.ts';
export { type ActionRequest, DEFAULT_TIMEOUT_MS, DEFAULT_WAIT_MS } from './sync/calls.ts';
export { type SyncAnswer, shownHeaders } from './sync/judge.ts';
export { limitKeys } from './sync/limits.ts';
export type { MethodAnswer, MethodBody, MethodResult } from './sync/methods.ts';
export { Vault } from './vault/vault.ts';

export interface IntegrationOptions {
  readonly records: RecordStore;
  readonly workers: Workers;
  readonly vault: Vault;
  readonly log: Log;
  readonly limits: Limits;
  readonly now?: () => number;
}

export interface Integration {
  readonly applications: ApplicationCatalogue;
  readonly installs: Installs;
  readonly asks: Asks;
  readonly calls: SyncCalls;
  readonly methods: SyncMethods;
}

export function createIntegration({
  records,
  workers,
  vault,
  limits,
  now = Date.now,
}: IntegrationOptions): Integration {
  const applications = new ApplicationCatalogue(workers);
  const store = new InstallStore(records, vault);
  const installs = new Installs({ catalogue: applications, store, authorisation: noTokens, now });
  const calls = new SyncCalls(workers, limits, now);
  const methods = new SyncMethods(applications, workers, calls, now);
  return { applications, installs, asks: new Asks(applications, installs, calls), calls, methods };
}
