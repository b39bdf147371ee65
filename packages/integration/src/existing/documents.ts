// Documents that existing workers keep on the platform: installs, whose settings only they can read, and webhooks.

import type { RecordStore } from '@sluice/engine';

const INSTALLS = 'document/ApplicationInstall';
const WEBHOOKS = 'document/Webhook';

export interface InstallDocument {
  readonly user: string;
  readonly key: string;
  /** Name of the worker; of generation 5. */
  readonly sdk: string | null;
  readonly enabled: boolean;
  /** Epoch ms, like all times here; 0 when it cannot be read. */
  readonly createdAt: number;
  readonly changedAt: number;
  /** When its token ends. */
  readonly expiresAt: number | null;
  /** Values the application wants to be found by. */
  readonly clear: Readonly<Record<string, unknown>>;
}

export interface WebhookDocument {
  readonly application: string;
  readonly user: string;
  readonly name: string;
  readonly topology: string;
}

export class Documents {
  readonly #records: RecordStore;

  constructor(records: RecordStore) {
    this.#records = records;
  }

  /** Living ones, the enabled first: of several for one user that is the one which workers use. */
  async installs(): Promise<InstallDocument[]> {
    const rows = await this.#records.list<Record<string, unknown>>(INSTALLS);
    const living = rows.filter(({ value }) => !value.deleted).map(({ value }) => installOf(value));
    return [...living.filter(({ enabled }) => enabled), ...living.filter(({ enabled }) => !enabled)];
  }

  /** @param sdk  name of the worker when it is of generation 5, else null */
  async install(key: string, user: string, sdk: string | null): Promise<InstallDocument | null> {
    const all = await this.installs();
    return all.find((one) => one.key === key && one.user === user && (sdk === null || one.sdk === sdk)) ?? null;
  }

  async webhooks(): Promise<WebhookDocument[]> {
    const rows = await this.#records.list<Record<string, unknown>>(WEBHOOKS);
    return rows
      .filter(({ value }) => !value.deleted)
      .map(({ value: { application, user, name, topology } }) => ({
        application: String(application ?? ''),
        user: String(user ?? ''),
        name: String(name ?? ''),
        topology: String(topology ?? ''),
      }));
  }
}

function installOf(raw: Record<string, unknown>): InstallDocument {
  const clear = raw.nonEncryptedSettings;
  return {
    user: String(raw.user ?? ''),
    key: String(raw.key ?? ''),
    sdk: typeof raw.sdk === 'string' ? raw.sdk : null,
    enabled: raw.enabled === true,
    createdAt: instantOf(raw.created) ?? 0,
    changedAt: instantOf(raw.updated) ?? 0,
    expiresAt: instantOf(raw.expires),
    clear:
      typeof clear === 'object' && clear !== null && !Array.isArray(clear) ? (clear as Record<string, unknown>) : {},
  };
}

function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const at = new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
}
