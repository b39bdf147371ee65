// All applications that workers offer. Several workers may have the code of one; the first that is up is asked.

import {
  type ApplicationManifest,
  type ApplicationView,
  type Invocation,
  type InvocationBody,
  type InvocationResult,
  type Json,
  SluiceError,
} from '@sluice/protocol';
import type { Offering, Workers } from './workers.ts';

const TIMEOUT_MS = 30_000;

export interface Offered {
  readonly application: ApplicationManifest;
  readonly by: readonly Offering[];
}

/** Not of the existing wire, so all is known of how it proves who it is. */
export type OwnApplicationView = Omit<ApplicationView, 'auth'> & Pick<ApplicationManifest, 'auth'>;

export class ApplicationCatalogue {
  readonly #workers: Workers;

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  list(): OwnApplicationView[] {
    return this.#keys()
      .map((key) => viewOf(this.find(key)))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @throws SluiceError `application.unknown` */
  view(key: string): OwnApplicationView {
    return viewOf(this.find(key));
  }

  /** @throws SluiceError `application.unknown` */
  find(key: string): Offered {
    const found = this.get(key);
    if (!found) throw new SluiceError('application.unknown', { application: key, known: this.#keys().sort() });
    return found;
  }

  /** Null when nobody offers it. */
  get(key: string): Offered | null {
    const by = this.#workers.offerings().filter((offering) => inManifest(offering, key));
    // What a worker says that is up counts more than the memory of one that is away.
    const told = by.find(({ up }) => up) ?? by[0];
    return told ? { application: inManifest(told, key)!, by } : null;
  }

  offers(worker: string, key: string): boolean {
    return this.#workers.offerings().some((offering) => offering.worker === worker && inManifest(offering, key));
  }

  /**
   * Have code of an application run at one of its workers.
   * @throws SluiceError `application.away`, `application.failed`, `application.broken_answer`
   */
  async invoke(key: string, user: string, body: InvocationBody, timeoutMs = TIMEOUT_MS): Promise<Json> {
    const { by } = this.find(key);
    const offering = by.find(({ up }) => up) ?? by[0]!;
    const { worker } = offering;
    let result: InvocationResult;
    try {
      result = await this.#workers.invoke(worker, { ...body, application: key, user } as Invocation, timeoutMs);
    } catch (cause) {
      if (cause instanceof SluiceError) throw cause;
      throw new SluiceError('application.away', { application: key, worker }, { cause });
    }
    if (result.ok) return result.value;
    const { code, message } = result.failure;
    throw new SluiceError('application.failed', { application: key, operation: body.operation, code, reason: message });
  }

  /** What workers know of an install is old. */
  changed(key: string, user: string): void {
    for (const { worker } of this.get(key)?.by ?? []) this.#workers.changed(worker, key, user);
  }

  #keys(): string[] {
    const all = this.#workers.offerings().flatMap(({ manifest }) => manifest.applications.map(({ key }) => key));
    return [...new Set(all)];
  }
}

const inManifest = ({ manifest }: Offering, key: string): ApplicationManifest | undefined =>
  manifest.applications.find((application) => application.key === key);

const viewOf = ({ application, by }: Offered): OwnApplicationView => ({
  ...application,
  workers: by.map(({ worker }) => worker),
  up: by.some(({ up }) => up),
  existing: false,
});
