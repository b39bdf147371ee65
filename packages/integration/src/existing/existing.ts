// Workers of the existing wire and their applications, as one part of the integration layer.

import type { Log, RecordStore } from '@sluice/engine';
import { type InstallQuery, type InstallView, SluiceError } from '@sluice/protocol';
import type { Returned } from '../authorisation/authorisation.ts';
import { ExistingAuthorisation } from './authorisation.ts';
import { ExistingCalls } from './calls.ts';
import { ExistingClient, type Place } from './client.ts';
import { Documents } from './documents.ts';
import { ExistingInstalls, listInstalls } from './installs.ts';
import { ExistingLimits } from './limits.ts';
import { callExistingMethod, type ExistingMethodAnswer, type ExistingMethodRequest } from './methods.ts';
import type { ExistingPort } from './port.ts';
import { ExistingRefresh } from './refresh.ts';
import { ExistingWebhooks } from './webhooks.ts';

export interface ExistingParts {
  readonly records: RecordStore;
  readonly port: ExistingPort;
  readonly log: Log;
  readonly now: () => number;
}

export class Existing {
  readonly #port: ExistingPort;
  readonly #client: ExistingClient;
  readonly #documents: Documents;
  readonly #limits: ExistingLimits;
  readonly #authorisation: ExistingAuthorisation;
  readonly calls: ExistingCalls;
  readonly refresh: ExistingRefresh;
  readonly webhooks: ExistingWebhooks;

  constructor({ records, port, log, now }: ExistingParts) {
    this.#port = port;
    this.#client = new ExistingClient(port);
    this.#documents = new Documents(records);
    this.#limits = new ExistingLimits(this.#client, now);
    this.calls = new ExistingCalls(port, this.#limits, now);
    const places = (): readonly Place[] => this.places();
    const placeOf = (worker: string, application: string): Place => this.place(application, worker)!;
    this.#authorisation = new ExistingAuthorisation({ client: this.#client, records, placeOf, now });
    this.refresh = new ExistingRefresh({ port, documents: this.#documents, places, log, now });
    this.webhooks = new ExistingWebhooks({ port, client: this.#client, documents: this.#documents, places, log });
  }

  /** Every application at every worker that has it. */
  places(): Place[] {
    return this.#port
      .workers()
      .flatMap((worker) => worker.offer.applications.map(({ key }): Place => ({ worker, application: key })));
  }

  /**
   * @param worker  needed where several workers have an application of this key
   * @returns null when no worker has it
   * @throws SluiceError `application.ambiguous`; `application.unknown` when the worker named has not
   */
  place(application: string, worker?: string): Place | null {
    const found = this.places().filter((one) => one.application === application);
    if (worker !== undefined) {
      const place = found.find((one) => one.worker.worker === worker);
      if (place) return place;
      const known = this.places().map((one) => `${one.application} at ${one.worker.worker}`);
      throw new SluiceError('application.unknown', { application: `${application} at ${worker}`, known });
    }
    if (found.length > 1) {
      const workers = found.map((one) => one.worker.worker);
      throw new SluiceError('application.ambiguous', { application, workers });
    }
    return found[0] ?? null;
  }

  /** Installs of the applications of a worker. */
  installs(worker: string): ExistingInstalls {
    const parts = {
      client: this.#client,
      documents: this.#documents,
      authorisation: this.#authorisation,
      trouble: (place: Place, user: string) => this.refresh.trouble(place, user),
      followers: [
        this.webhooks,
        // Its limits are among its settings, and count only while it is enabled.
        { changed: async (_place: Place, user: string) => this.documentsChanged(user) },
      ],
    };
    return new ExistingInstalls(parts, (application) => this.place(application, worker)!);
  }

  listInstalls(query: InstallQuery): Promise<InstallView[]> {
    const parts = {
      client: this.#client,
      documents: this.#documents,
      trouble: (place: Place, user: string) => this.refresh.trouble(place, user),
    };
    return listInstalls(this.places(), parts, query);
  }

  /** A provider sent a person back. Never rejects for anything that stands in the query. */
  returned(query: Readonly<Record<string, unknown>>): Promise<Returned> {
    return this.#authorisation.returned(query);
  }

  /**
   * Call a synchronous method of an application.
   * @throws SluiceError `application.…`, `request.invalid`
   */
  callMethod(place: Place, method: string, request: ExistingMethodRequest): Promise<ExistingMethodAnswer> {
    return callExistingMethod(this.#client, place, method, request);
  }

  /** A worker wrote installs of a user. */
  documentsChanged(user: string): void {
    this.#limits.forget(user);
  }
}
