// Webhooks of existing applications: the worker subscribes at the service and keeps a document of it; the platform says
// when. Those of a topology are wanted while a version of it is enabled, for every user who has the application enabled.

import type { Log } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import { type ExistingClient, installPath, type Place } from './client.ts';
import type { Documents } from './documents.ts';
import type { ExistingFollower } from './installs.ts';
import type { ExistingPort, WebhookNode } from './port.ts';

export interface ExistingWebhookParts {
  readonly port: ExistingPort;
  readonly client: ExistingClient;
  readonly documents: Documents;
  readonly places: () => readonly Place[];
  readonly log: Log;
}

export class ExistingWebhooks implements ExistingFollower {
  readonly #parts: ExistingWebhookParts;

  constructor(parts: ExistingWebhookParts) {
    this.#parts = parts;
  }

  /** @throws SluiceError `application.…` */
  async subscribe(place: Place, user: string, name: string, topology: string): Promise<void> {
    await this.#ask(place, user, 'subscribe', name, topology);
  }

  /** All that the install has for the topology. @throws SluiceError `application.…` */
  async unsubscribe(place: Place, user: string, name: string, topology: string): Promise<void> {
    await this.#ask(place, user, 'unsubscribe', name, topology);
  }

  /**
   * A version of a topology takes new traffic, or none does any more. What cannot be done stands in the log: a topology
   * is not held up by a service.
   */
  async topologyChanged(topology: string): Promise<void> {
    const places = this.#places();
    if (places.length === 0) return;
    const nodes = (await this.#parts.port.webhookNodes()).get(topology) ?? [];
    const installs = await this.#parts.documents.installs();
    for (const place of places) {
      const { application } = place;
      const users = installs.filter(({ key, enabled }) => key === application && enabled).map(({ user }) => user);
      for (const user of new Set(users)) await this.#settle(place, user, topology, wantedOf(nodes, application));
    }
  }

  async changed(place: Place, user: string, state: 'saved' | 'enabled' | 'disabling'): Promise<void> {
    const { application } = place;
    if (!hasWebhooks(place)) return;
    if (state !== 'disabling') {
      for (const [topology, nodes] of await this.#parts.port.webhookNodes()) {
        const wanted = wantedOf(nodes, application);
        if (wanted.length > 0) await this.#settle(place, user, topology, wanted);
      }
      return;
    }
    const all = await this.#parts.documents.webhooks();
    const mine = all.filter((one) => one.application === application && one.user === user);
    for (const topology of new Set(mine.map((one) => one.topology))) await this.#settle(place, user, topology, []);
  }

  #places(): Place[] {
    return this.#parts.places().filter(hasWebhooks);
  }

  /** Bring the subscriptions of an install for a topology to what is wanted. */
  async #settle(place: Place, user: string, topology: string, wanted: readonly WebhookNode[]): Promise<void> {
    const { application } = place;
    const has = (await this.#parts.documents.webhooks()).filter(
      (one) => one.application === application && one.user === user && one.topology === topology,
    );
    const names = new Set(has.map(({ name }) => name));
    try {
      const surplus = has.find(({ name }) => !wanted.some(({ event }) => event === name));
      // It ends all of the topology, so those that stay are made again.
      if (surplus) {
        await this.unsubscribe(place, user, surplus.name, topology);
        names.clear();
      }
      for (const { event } of wanted) {
        if (names.has(event)) continue;
        await this.subscribe(place, user, event, topology);
        names.add(event);
      }
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      const reason = error.message;
      this.#parts.log.warn('Webhooks of an existing worker could not be changed.', {
        application,
        user,
        topology,
        reason,
      });
    }
  }

  #ask(place: Place, user: string, operation: string, name: string, topology: string): Promise<unknown> {
    const path = `${installPath(place, user, '/webhook')}/${operation}`;
    return this.#parts.client.ask(place, { operation, method: 'POST', path, body: { name, topology } });
  }
}

const hasWebhooks = ({ worker, application }: Place): boolean =>
  worker.offer.applications.find(({ key }) => key === application)?.webhooks === true;

const wantedOf = (nodes: readonly WebhookNode[], of: string): WebhookNode[] =>
  nodes.filter(({ application }) => application === of);
