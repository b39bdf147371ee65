// Door of the integration layer: the platform's side of applications.

import type { DataStore, Log, RecordStore } from '@sluice/engine';
import { ApplicationCatalogue } from './applications/catalogue.ts';
import type { Workers } from './applications/workers.ts';
import { Asks } from './asks/asks.ts';
import { noTokens } from './authorisation/authorisation.ts';
import { Installs } from './installs/installs.ts';
import { InstallStore } from './installs/store.ts';
import type { Vault } from './vault/vault.ts';

export type { Offering, Workers } from './applications/workers.ts';
export { answerData } from './data/answer.ts';
export { spaceOf } from './data/space.ts';
export { Vault } from './vault/vault.ts';

export interface IntegrationOptions {
  readonly records: RecordStore;
  readonly data: DataStore;
  readonly workers: Workers;
  readonly vault: Vault;
  readonly log: Log;
  readonly now?: () => number;
}

export interface Integration {
  readonly applications: ApplicationCatalogue;
  readonly installs: Installs;
  readonly asks: Asks;
}

export function createIntegration({ records, data, workers, vault, now = Date.now }: IntegrationOptions): Integration {
  const applications = new ApplicationCatalogue(workers);
  const store = new InstallStore(records, vault);
  const installs = new Installs({ catalogue: applications, store, authorisation: noTokens, now });
  return { applications, installs, asks: new Asks({ catalogue: applications, installs, data, now }) };
}
