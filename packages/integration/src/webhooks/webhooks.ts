// Subscriptions to events of services: those that nodes of enabled topologies want, and those that people make.
//
// Enabling and disabling only write down what is to be; services are asked afterwards, as often as it takes.

import type { Engine, Log, RecordStore } from '@sluice/engine';
import {
  type Json,
  type Manifest,
  SluiceError,
  type WebhookAddress,
  type WebhookCleanAnswer,
  type WebhookQuery,
  WebhookRequest,
  type WebhookView,
} from '@sluice/protocol';
import type { ApplicationCatalogue } from '../applications/catalogue.ts';
import type { InstallFollower, Installs } from '../installs/installs.ts';
import type { Vault } from '../vault/vault.ts';
import { addressOf } from './address.ts';
import { type NewWebhook, WebhookBook } from './book.ts';
import { cleanOrphans } from './orphans.ts';
import { checkParameters, eventIn, Subscriber } from './subscriber.ts';
import { WebhookTraffic } from './traffic.ts';
import { Visits } from './visits.ts';
import { wantedBy } from './wanted.ts';
import { keyOf, stateOf, type Webhook } from './webhook.ts';

export interface WebhookParts {
  readonly engine: Pick<Engine, 'topologies'>;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly catalogue: ApplicationCatalogue;
  readonly installs: Installs;
  readonly log: Log;
  readonly now: () => number;
}

/** Whoever changes one subscription sees at once what came of it, when the service answers within this time. */
const WAIT_MS = 5_000;
/** An install that is removed takes what ends its subscriptions along, so it waits for that. */
const WAIT_FOR_END_MS = 10_000;
/** Ended subscriptions are shown for so long, and taken up again at their address. */
const KEEP_GONE_MS = 7 * 86_400_000;
/** Until the platform listens nobody is told where. */
const NOWHERE = 'http://localhost';

export class Webhooks {
  readonly #parts: WebhookParts;
  readonly book: WebhookBook;
  readonly traffic: WebhookTraffic;
  readonly #visits: Visits;
  #base = NOWHERE;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: WebhookParts) {
    const { engine, records, vault, catalogue, installs, log, now } = parts;
    this.#parts = parts;
    this.book = new WebhookBook(records, vault, now);
    this.traffic = new WebhookTraffic(records, (error) => log.warn('Counts of webhooks were not written.', { error }));
    const subscriber = new Subscriber({ book: this.book, catalogue, installs, base: () => this.#base, now, log });
    this.#visits = new Visits(this.book, subscriber, now, log);
    // Whatever happens to webhooks, the topology is enabled or disabled; the next start aligns them again.
    engine.topologies.follow(() =>
      this.#align().catch((error: unknown) => log.error('Webhooks do not follow a topology.', { error })),
    );
    installs.follow(this.#follower());
  }

  /** @param base  address under which services reach the platform, without a slash at its end */
  async start(base: string): Promise<void> {
    this.#base = base.replace(/\/+$/, '');
    await this.book.load();
    await this.traffic.load();
    await this.#prune();
    await this.#align();
    // What was told another address is told this one.
    for (const { id, goal, reference, base: told } of this.book.all())
      if (goal === 'subscribed' && reference && told !== this.#base) await this.#due(id);
    this.#visits.open();
  }

  async close(): Promise<void> {
    await this.#visits.close();
    await this.traffic.close();
  }

  list({ application, user, topology, state }: WebhookQuery = {}): WebhookView[] {
    return this.book
      .all()
      .filter(
        (one) =>
          (application === undefined || one.application === application) &&
          (user === undefined || one.user === user) &&
          (topology === undefined || one.topology === topology),
      )
      .map((one) => this.#view(one))
      .filter((view) => state === undefined || view.state === state)
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  /** @throws SluiceError `webhook.subscription_unknown` */
  view(id: string): WebhookView {
    return this.#view(this.book.find(id));
  }

  /** @throws SluiceError `webhook.subscription_unknown` */
  address(id: string): WebhookAddress {
    return { url: addressOf(this.#base, this.book.secretsOf(this.book.find(id)).address) };
  }

  /** @throws SluiceError when it can never be: unknown event, wrong parameters, no such install or node; or `webhook.exists` */
  async subscribe(raw: WebhookRequest): Promise<WebhookView> {
    const { application, user, event, topology, node, parameters } = WebhookRequest.parse(raw);
    const { catalogue, installs } = this.#parts;
    checkParameters(application, eventIn(catalogue, application, event), parameters);
    await installs.get(application, user);
    await this.#checkStart(topology, node);
    const wanted: NewWebhook = { application, user, event, topology, node, parameters, by: 'person' };
    const id = await this.#inTurn(async () => {
      const same = this.book.all().find((one) => keyOf(one) === keyOf(wanted) && one.goal === 'subscribed');
      if (same) throw new SluiceError('webhook.exists', { id: same.id });
      const before = this.book.like(wanted);
      if (!before) return (await this.book.add(wanted)).id;
      await this.#aim(before, 'subscribed', { removed: false });
      return before.id;
    });
    await this.#visits.now(id, WAIT_MS);
    return this.view(id);
  }

  /**
   * End a subscription of a person. One that is ended already, or cannot be ended, is forgotten.
   * @returns null when it was forgotten
   * @throws SluiceError `webhook.of_topology`
   */
  async remove(id: string): Promise<WebhookView | null> {
    const { by, goal, topology, node } = this.book.find(id);
    if (by === 'topology' && goal === 'subscribed')
      throw new SluiceError('webhook.of_topology', { id, topology, node });
    if (goal === 'gone' && stateOf(this.book.find(id)) !== 'unsubscribing') {
      await this.#forget(id);
      return null;
    }
    await this.#inTurn(() => this.#aim(this.book.find(id), 'gone', { removed: true }));
    await this.#visits.now(id, WAIT_MS);
    return this.view(id);
  }

  /** Ask the service again now. */
  async retry(id: string): Promise<WebhookView> {
    this.book.find(id);
    await this.#visits.now(id, WAIT_MS);
    return this.view(id);
  }

  /** Subscriptions that lead here and that nobody knows, found at the services that can say what they have. */
  clean(dryRun: boolean): Promise<WebhookCleanAnswer> {
    const { catalogue, installs } = this.#parts;
    return cleanOrphans({ book: this.book, catalogue, installs, base: this.#base, dryRun });
  }

  /** A worker said what it offers: what waited for its applications waits no longer. */
  workerSaid({ applications }: Manifest): void {
    const keys = new Set(applications.map(({ key }) => key));
    this.#wake(({ application, attempts }) => attempts > 0 && application !== null && keys.has(application)).catch(
      (error: unknown) => this.#parts.log.warn('Subscriptions could not be woken.', { error }),
    );
  }

  #follower(): InstallFollower {
    return {
      changed: (application, user) => this.#wakeOf(application, user),
      enabled: async ({ application, user }) => {
        await this.#align();
        await this.#wakeOf(application, user);
      },
      disabled: () => this.#align(),
      removing: async ({ application, user }) => {
        const own = this.book.all().filter((one) => one.application === application && one.user === user);
        await this.#inTurn(async () => {
          for (const one of own) await this.#aim(one, 'gone', { removed: true });
        });
        await Promise.all(own.map(({ id }) => this.#visits.now(id, WAIT_FOR_END_MS)));
      },
    };
  }

  /** Write down what there is to be, by what is enabled now. */
  #align(): Promise<void> {
    return this.#inTurn(async () => {
      await this.book.load();
      const installs = await this.#parts.installs.all();
      const wanted = new Map(
        wantedBy(await this.#parts.engine.topologies.entries(), installs).map((one) => [keyOf(one), one]),
      );
      const able = new Set(installs.filter(({ enabled }) => enabled).map((one) => `${one.application}\n${one.user}`));
      // Those of people first: what a person has subscribed to is not subscribed to twice.
      for (const webhook of [...this.book.all()].sort((a, b) => (a.by < b.by ? -1 : 1))) {
        const { application, user, by, removed } = webhook;
        const stays = by === 'person' ? !removed && able.has(`${application}\n${user}`) : wanted.has(keyOf(webhook));
        if (stays) wanted.delete(keyOf(webhook));
        await this.#aim(webhook, stays ? 'subscribed' : 'gone', stays ? { removed: false } : {});
      }
      for (const one of wanted.values()) await this.book.add(one);
      this.#visits.plan();
    });
  }

  async #aim(webhook: Webhook, goal: Webhook['goal'], more: Partial<Webhook> = {}): Promise<void> {
    if (webhook.goal === goal && (more.removed ?? webhook.removed) === webhook.removed) return;
    await this.book.change(webhook.id, ({ reference, stale }) => {
      if (webhook.goal === goal) return more;
      return {
        ...more,
        goal,
        reason: null,
        attempts: 0,
        nextTryAt: this.#parts.now(),
        // Whether a subscription that was to end still is one, nobody knows: it is made anew.
        ...(goal === 'subscribed' && reference ? { reference: null, stale: [...stale, reference.value] } : {}),
      };
    });
    this.#visits.plan();
  }

  #wakeOf(application: string, user: string): Promise<void> {
    return this.#wake((one) => one.application === application && one.user === user && one.reason !== null);
  }

  async #wake(which: (webhook: Webhook) => boolean): Promise<void> {
    for (const webhook of this.book.all()) if (which(webhook)) await this.#due(webhook.id);
    this.#visits.plan();
  }

  #due(id: string): Promise<unknown> {
    return this.book.change(id, () => ({ nextTryAt: this.#parts.now() }));
  }

  async #prune(): Promise<void> {
    const before = this.#parts.now() - KEEP_GONE_MS;
    for (const webhook of this.book.all())
      if (webhook.changedAt < before && stateOf(webhook) === 'gone' && (webhook.by === 'topology' || webhook.removed))
        await this.#forget(webhook.id);
  }

  async #forget(id: string): Promise<void> {
    await this.book.forget(id);
    this.traffic.forget(id);
  }

  /** @throws SluiceError `topology.unknown`, `topology.node_unknown`, `topology.not_a_start` */
  async #checkStart(topology: string, node: string): Promise<void> {
    const { model, version } = await this.#parts.engine.topologies.get(topology);
    const found = model.nodes.find(({ id, name }) => id === node || name === node);
    if (!found) throw new SluiceError('topology.node_unknown', { topology, version, node });
    if (found.kind !== 'webhook' && found.kind !== 'start')
      throw new SluiceError('topology.not_a_start', { topology, node, kind: found.kind });
  }

  #view(webhook: Webhook): WebhookView {
    const { id, application, event, user, topology, node, parameters, by, goal } = webhook;
    const { reason, attempts, nextTryAt, expiresAt, reference, createdAt, changedAt } = webhook;
    const { counts, lastDelivery } = this.traffic.of(id);
    return {
      id,
      application,
      event,
      user,
      topology,
      node,
      parameters: { ...parameters },
      by,
      state: stateOf(webhook),
      goal,
      reason,
      attempts,
      nextTryAt,
      expiresAt,
      reference: reference ? (reference.value as Json) : null,
      counts,
      lastDelivery,
      createdAt,
      changedAt,
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
