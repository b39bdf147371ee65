// Consumers and their credentials as they are kept: secrets as digests only, shown once.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type ConsumerRequest, type ConsumerView, type CredentialKind, SluiceError } from '@sluice/protocol';
import type { Records } from '../ports/ports.ts';
import type { Consumer } from './consumer.ts';

const CONSUMERS = 'gateway-consumer';

export interface StoredCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly hint: string;
  /** What a presented secret is compared with; how depends on the kind. */
  readonly digest: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

interface StoredConsumer extends Omit<ConsumerRequest, 'user'> {
  readonly user: string;
  readonly credentials: readonly StoredCredential[];
  readonly createdAt: number;
  readonly changedAt: number;
}

/** A key has 256 random bits, so a plain digest is enough. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export class ConsumerBook {
  readonly #records: Records;
  readonly #now: () => number;
  readonly #byName = new Map<string, StoredConsumer>();
  /** Keys by digest, with whose they are. */
  readonly #keys = new Map<string, { readonly consumer: Consumer; readonly expiresAt: number | null }>();

  constructor(records: Records, now: () => number) {
    this.#records = records;
    this.#now = now;
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#records.list<StoredConsumer>(CONSUMERS)) this.#byName.set(key, value);
    this.#index();
  }

  list(): ConsumerView[] {
    return [...this.#byName.values()].map(view);
  }

  /** @throws SluiceError `gateway.consumer_unknown` */
  get(name: string): ConsumerView {
    return view(this.#find(name));
  }

  /** @throws SluiceError `gateway.consumer_taken` */
  async create(request: ConsumerRequest): Promise<ConsumerView> {
    if (this.#byName.has(request.name)) throw new SluiceError('gateway.consumer_taken', { name: request.name });
    const at = this.#now();
    const stored = { ...request, user: request.user ?? request.name, credentials: [], createdAt: at, changedAt: at };
    await this.#write(stored, null);
    return view(stored);
  }

  async remove(name: string): Promise<void> {
    this.#find(name);
    await this.#records.write([{ collection: CONSUMERS, key: name, value: null }]);
    this.#byName.delete(name);
    this.#index();
  }

  /** @returns the key, which is shown only now */
  async addKey(name: string, expiresAt: number | null = null): Promise<{ readonly id: string; readonly key: string }> {
    const consumer = this.#find(name);
    const key = `slg_${randomBytes(32).toString('base64url')}`;
    const credential: StoredCredential = {
      id: randomUUID(),
      kind: 'key',
      hint: key.slice(0, 8),
      digest: digestOf(key),
      createdAt: this.#now(),
      expiresAt,
    };
    await this.#write({ ...consumer, credentials: [...consumer.credentials, credential] }, consumer);
    return { id: credential.id, key };
  }

  byKey(key: string): Consumer | null {
    const found = this.#keys.get(digestOf(key));
    if (!found || (found.expiresAt !== null && found.expiresAt <= this.#now())) return null;
    return found.consumer;
  }

  #find(name: string): StoredConsumer {
    const found = this.#byName.get(name);
    if (!found) throw new SluiceError('gateway.consumer_unknown', { name });
    return found;
  }

  async #write(consumer: StoredConsumer, before: StoredConsumer | null): Promise<void> {
    await this.#records.write([{ collection: CONSUMERS, key: consumer.name, value: consumer, expected: before }]);
    this.#byName.set(consumer.name, consumer);
    this.#index();
  }

  #index(): void {
    this.#keys.clear();
    for (const stored of this.#byName.values()) {
      if (!stored.enabled) continue;
      const consumer = {
        name: stored.name,
        scopes: new Set(stored.scopes),
        user: stored.user,
        scheme: 'key',
      };
      for (const { kind, digest, expiresAt } of stored.credentials)
        if (kind === 'key') this.#keys.set(digest, { consumer, expiresAt });
    }
  }
}

function view({ credentials, ...consumer }: StoredConsumer): ConsumerView {
  return {
    ...consumer,
    credentials: credentials.map(({ digest: _, ...credential }) => ({ ...credential, lastUsedAt: null })),
  };
}
