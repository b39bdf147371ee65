// All subscriptions, in memory and on disk: few, often looked up by the secret of an address, seldom changed.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { RecordStore } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import type { Vault } from '../vault/vault.ts';
import { keyOf, type Secrets, type Webhook } from './webhook.ts';

const COLLECTION = 'webhook';

export type NewWebhook = Pick<Webhook, 'application' | 'event' | 'user' | 'topology' | 'node' | 'parameters' | 'by'>;

export class WebhookBook {
  readonly #records: RecordStore;
  readonly #vault: Vault;
  readonly #now: () => number;
  readonly #byId = new Map<string, Webhook>();
  readonly #byDigest = new Map<string, string>();
  #loaded: Promise<void> | null = null;

  constructor(records: RecordStore, vault: Vault, now: () => number) {
    this.#records = records;
    this.#vault = vault;
    this.#now = now;
  }

  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  all(): readonly Webhook[] {
    return [...this.#byId.values()];
  }

  get(id: string): Webhook | null {
    return this.#byId.get(id) ?? null;
  }

  /** @throws SluiceError `webhook.subscription_unknown` */
  find(id: string): Webhook {
    const found = this.get(id);
    if (!found) throw new SluiceError('webhook.subscription_unknown', { id });
    return found;
  }

  like(wanted: NewWebhook): Webhook | null {
    const key = keyOf(wanted);
    return this.all().find((one) => one.by === wanted.by && keyOf(one) === key) ?? null;
  }

  /** By the digest alone: a look-up takes the same time whether there is one or not. */
  bySecret(secret: string): Webhook | null {
    const id = this.#byDigest.get(digestOf(secret));
    return id === undefined ? null : this.get(id);
  }

  secretsOf({ id, secrets }: Webhook): Secrets {
    return JSON.parse(this.#vault.open(secrets, placeOf(id))) as Secrets;
  }

  async add(wanted: NewWebhook): Promise<Webhook> {
    const id = randomUUID();
    const secrets: Secrets = { address: newSecret(), signing: newSecret() };
    const now = this.#now();
    const webhook: Webhook = {
      ...wanted,
      id,
      removed: false,
      goal: 'subscribed',
      reason: null,
      attempts: 0,
      nextTryAt: now,
      reference: null,
      unsure: false,
      stale: [],
      expiresAt: null,
      renewAt: null,
      base: null,
      descriptor: null,
      digest: digestOf(secrets.address),
      secrets: this.#sealed(id, secrets),
      createdAt: now,
      changedAt: now,
    };
    await this.#put(webhook);
    return webhook;
  }

  /** @returns null when it was forgotten meanwhile */
  async change(id: string, change: (webhook: Webhook) => Partial<Webhook>): Promise<Webhook | null> {
    const before = this.get(id);
    if (!before) return null;
    const after = { ...before, ...change(before), changedAt: this.#now() };
    await this.#put(after);
    return after;
  }

  /** What the service signs with, when it made that itself. */
  withGiven(webhook: Webhook, given: string): Pick<Webhook, 'secrets'> {
    return { secrets: this.#sealed(webhook.id, { ...this.secretsOf(webhook), given }) };
  }

  async forget(id: string): Promise<void> {
    const webhook = this.get(id);
    if (!webhook) return;
    await this.#records.write([{ collection: COLLECTION, key: id, value: null }]);
    this.#byId.delete(id);
    this.#byDigest.delete(webhook.digest);
  }

  /** Seal again what is sealed under a former key. @returns how many */
  async rotate(): Promise<number> {
    await this.load();
    const old = this.all().filter(({ secrets }) => this.#vault.isOld(secrets));
    for (const webhook of old)
      await this.#put({ ...webhook, secrets: this.#sealed(webhook.id, this.secretsOf(webhook)) });
    return old.length;
  }

  async #load(): Promise<void> {
    for (const { value } of await this.#records.list<Webhook>(COLLECTION)) this.#keep(value);
  }

  /** In memory at once, so that two changes of one do not undo each other; durable when resolved. */
  async #put(webhook: Webhook): Promise<void> {
    this.#keep(webhook);
    await this.#records.write([{ collection: COLLECTION, key: webhook.id, value: webhook }]);
  }

  #keep(webhook: Webhook): void {
    this.#byId.set(webhook.id, webhook);
    this.#byDigest.set(webhook.digest, webhook.id);
  }

  #sealed(id: string, secrets: Secrets): string {
    return this.#vault.seal(JSON.stringify(secrets), placeOf(id));
  }
}

const placeOf = (id: string): string => `${COLLECTION}/${id}`;
const newSecret = (): string => randomBytes(32).toString('base64url');
const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
