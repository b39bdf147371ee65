// All applications and installs, of this platform and of workers of the existing wire, by one address.
//
// Keys may collide. One of this platform's own comes first under its bare key; every existing one is found by its key
// and the name of its worker, and by the bare key as long as nobody else has it.

import { type ApplicationView, type InstallQuery, type InstallView, SluiceError } from '@sluice/protocol';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { Place } from '../existing/client.ts';
import type { Existing } from '../existing/existing.ts';
import { manifestOf } from '../existing/offer.ts';
import type { InstallHost } from './host.ts';
import type { Installs } from './installs.ts';

export class InstallHosts {
  readonly #catalogue: ApplicationCatalogue;
  readonly #installs: Installs;
  readonly #existing: Existing;

  constructor(catalogue: ApplicationCatalogue, installs: Installs, existing: Existing) {
    this.#catalogue = catalogue;
    this.#installs = installs;
    this.#existing = existing;
  }

  applications(): ApplicationView[] {
    const all = [...this.#catalogue.list(), ...this.#existing.places().map(viewOf)];
    return all.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @throws SluiceError `application.unknown`, `application.ambiguous` */
  application(key: string, worker?: string): ApplicationView {
    const place = this.existing(key, worker);
    return place ? viewOf(place) : this.#catalogue.view(key);
  }

  /**
   * Who keeps the installs of an application.
   * @throws SluiceError `application.unknown`, `application.ambiguous`
   */
  of(key: string, worker?: string): InstallHost {
    const place = this.existing(key, worker);
    return place ? this.#existing.installs(place.worker.worker) : this.#installs;
  }

  /** Without secrets; those of existing workers without any settings. */
  async list(query: InstallQuery): Promise<InstallView[]> {
    const [own, existing] = await Promise.all([this.#installs.list(query), this.#existing.listInstalls(query)]);
    return [...own, ...existing];
  }

  /**
   * The existing application of this address; null when it is one of this platform's own.
   * @throws SluiceError `application.unknown`, `application.ambiguous`
   */
  existing(key: string, worker?: string): Place | null {
    if (worker === undefined ? this.#catalogue.get(key) : this.#catalogue.offers(worker, key)) return null;
    const place = this.#existing.place(key, worker);
    if (place) return place;
    const known = this.applications().map((one) => one.key);
    throw new SluiceError('application.unknown', { application: key, known: [...new Set(known)].sort() });
  }
}

function viewOf({ worker, application }: Place): ApplicationView {
  const found = worker.offer.applications.find(({ key }) => key === application)!;
  return {
    ...manifestOf(found),
    ...(found.authorisation === 'basic' ? {} : { auth: { kind: 'oauth2' as const, grant: 'by-worker' as const } }),
    workers: [worker.worker],
    up: worker.up,
    existing: true,
  };
}
