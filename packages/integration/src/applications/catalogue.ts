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
    return [...this.#all().values()].map(viewOf).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @throws SluiceError `application.unknown` */
  view(key: string): OwnApplicationView {
    return viewOf(this.find(key));
  }

  /** @throws SluiceError `application.unknown` */
  find(key: string): Offered {
    const all = this.#all();
    const found = all.get(key);
    if (!found) throw new SluiceError('application.unknown', { application: key, known: [...all.keys()].sort() });
    return found;
  }

  offers(worker: string, key: string): boolean {
    return (
      this.#all()
        .get(key)
        ?.by.some((offering) => offering.worker === worker) ?? false
    );
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
    for (const { worker } of this.#all().get(key)?.by ?? []) this.#workers.changed(worker, key, user);
  }

  #all(): Map<string, { application: ApplicationManifest; by: Offering[] }> {
    const all = new Map<string, { application: ApplicationManifest; by: Offering[] }>();
    for (const offering of this.#workers.offerings())
      for (const application of offering.manifest.applications) {
        const known = all.get(application.key);
        if (!known) all.set(application.key, { application, by: [offering] });
        else {
          // What a worker says that is up counts more than the memory of one that is away.
          if (offering.up && !known.by.some(({ up }) => up)) known.application = application;
          known.by.push(offering);
        }
      }
    return all;
  }
}

const viewOf = ({ application, by }: Offered): OwnApplicationView => ({
  ...application,
  workers: by.map(({ worker }) => worker),
  up: by.some(({ up }) => up),
  existing: false,
});
