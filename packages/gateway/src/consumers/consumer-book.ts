// Consumers and their credentials: secrets as digests, hashes or sealed, and shown once.

import { randomBytes, randomUUID } from 'node:crypto';
import type { RecordChange } from '@sluice/engine';
import {
  type CertificateRequest,
  type ConsumerChange,
  type ConsumerRequest,
  type ConsumerView,
  type CredentialKind,
  type KeyCreated,
  type PasswordRequest,
  type SigningKeyCreated,
  SluiceError,
} from '@sluice/protocol';
import type { Records, Sealer } from '../ports/ports.ts';
import type { Revision } from '../replicas/revision.ts';
import {
  CredentialIndex,
  digestOf,
  identityOf,
  type LiveCredential,
  type StoredConsumer,
  type StoredCredential,
} from './credential.ts';
import type { LastUse } from './last-use.ts';
import type { Passwords } from './passwords.ts';

const CONSUMERS = 'gateway-consumer';
const MOST_CREDENTIALS = 20;
const MOST_DIGESTS = 10_000;

/** Only there a sealed secret opens. */
const placeOf = (consumer: string, keyId: string): string => `gateway-consumer/${consumer}/${keyId}`;

export interface ConsumerParts {
  readonly records: Records;
  readonly revision: Revision;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly uses: LastUse;
  readonly now: () => number;
}

export class ConsumerBook {
  readonly #parts: ConsumerParts;
  #byName: ReadonlyMap<string, StoredConsumer> = new Map();
  #index = new CredentialIndex([]);
  /** Opened secrets by what was sealed: a request is not the moment to derive keys. */
  readonly #secrets = new Map<string, Buffer>();
  readonly #digests = new Map<string, string>();
  /** Changes happen one after the other: each is made from what the one before left. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ConsumerParts) {
    this.#parts = parts;
  }

  /** Read everything: at the start, and when another process changed something. */
  load(): Promise<void> {
    return this.#inTurn(async () => {
      const found = await this.#parts.records.list<StoredConsumer>(CONSUMERS);
      this.#hold(new Map(found.map(({ key, value }) => [key, value])));
    });
  }

  list(): ConsumerView[] {
    return [...this.#byName.values()].map((consumer) => this.#view(consumer));
  }

  /** @throws SluiceError `gateway.consumer_unknown` */
  get(name: string): ConsumerView {
    return this.#view(this.#find(name));
  }

  /** Enabled or not; null when there is none. */
  stored(name: string): StoredConsumer | null {
    return this.#byName.get(name) ?? null;
  }

  /** @throws SluiceError `gateway.consumer_taken` */
  create(request: ConsumerRequest): Promise<ConsumerView> {
    return this.#inTurn(async () => {
      if (this.#byName.has(request.name)) throw new SluiceError('gateway.consumer_taken', { name: request.name });
      const at = this.#parts.now();
      const user = request.user ?? request.name;
      return this.#write({ ...request, user, credentials: [], createdAt: at, changedAt: at }, null);
    });
  }

  /** Everything but its name and credentials becomes as it says. @throws SluiceError `gateway.consumer_unknown` */
  update(name: string, change: ConsumerChange): Promise<ConsumerView> {
    return this.#change(name, (before) => ({ ...before, ...change, user: change.user ?? name }));
  }

  /** One that is disabled keeps its credentials, and none of them opens anything. */
  setEnabled(name: string, enabled: boolean): Promise<ConsumerView> {
    return this.#change(name, (before) => ({ ...before, enabled }));
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(async () => {
      const { credentials } = this.#find(name);
      await this.#parts.records.write([
        { collection: CONSUMERS, key: name, value: null },
        ...credentials.map(({ id }) => this.#parts.uses.forget(id)),
        this.#parts.revision.next(),
      ]);
      const rest = new Map(this.#byName);
      rest.delete(name);
      this.#hold(rest);
    });
  }

  /** @returns the key, which is shown only now */
  async addKey(name: string, expiresAt: number | null = null): Promise<KeyCreated> {
    const key = `slg_${randomBytes(32).toString('base64url')}`;
    const id = await this.#add(name, 'key', key.slice(0, 8), digestOf(key), expiresAt);
    return { id, key };
  }

  /** @throws SluiceError `gateway.credential_taken` when somebody has this user name */
  async addPassword(name: string, { user, password, expiresAt }: PasswordRequest): Promise<{ readonly id: string }> {
    this.#find(name);
    return { id: await this.#add(name, 'basic', user, await this.#parts.passwords.take(password), expiresAt ?? null) };
  }

  /** @returns the secret, which is shown only now */
  async addSigningKey(name: string, expiresAt: number | null = null): Promise<SigningKeyCreated> {
    const keyId = `${name}-${randomBytes(6).toString('hex')}`;
    const secret = randomBytes(32).toString('base64');
    const id = await this.#add(name, 'hmac', keyId, this.#parts.sealer.seal(secret, placeOf(name, keyId)), expiresAt);
    return { id, keyId, secret };
  }

  /** @throws SluiceError `gateway.credential_taken` when it is somebody else's */
  async addCertificate(name: string, request: CertificateRequest): Promise<{ readonly id: string }> {
    const hint = 'fingerprint' in request ? fingerprintIn(request.fingerprint) : request.subject;
    return { id: await this.#add(name, 'certificate', hint, '', request.expiresAt ?? null) };
  }

  /** It opens nothing any more when this resolves. @throws SluiceError `gateway.credential_unknown` */
  async revoke(name: string, id: string): Promise<ConsumerView> {
    return this.#change(
      name,
      (before) => {
        const credentials = before.credentials.filter((one) => one.id !== id);
        if (credentials.length === before.credentials.length)
          throw new SluiceError('gateway.credential_unknown', { name, id });
        return { ...before, credentials };
      },
      [this.#parts.uses.forget(id)],
    );
  }

  /** What a request shows, as a credential that holds now; its use is noted. */
  find(kind: CredentialKind, shown: string): LiveCredential | null {
    const now = this.#parts.now();
    const found = this.#index.find(kind, shown, now);
    if (found) this.#parts.uses.saw(found.credential.id, now);
    return found;
  }

  /** The credential of a key; what it is found by is remembered for keys that are known. */
  findKey(key: string): LiveCredential | null {
    const known = this.#digests.get(key);
    if (known !== undefined) return this.find('key', known);
    const digest = digestOf(key);
    const found = this.find('key', digest);
    if (found) {
      if (this.#digests.size >= MOST_DIGESTS) this.#digests.clear();
      this.#digests.set(key, digest);
    }
    return found;
  }

  /** Somebody has a credential of this kind. */
  has(kind: CredentialKind): boolean {
    return this.#index.has(kind);
  }

  /** The secret that a signing key signs with. */
  secretOf({ consumer, credential }: LiveCredential): Buffer {
    let secret = this.#secrets.get(credential.proof);
    if (!secret) {
      secret = Buffer.from(
        this.#parts.sealer.open(credential.proof, placeOf(consumer.name, credential.hint)),
        'base64',
      );
      this.#secrets.set(credential.proof, secret);
    }
    return secret;
  }

  /** Seal what was sealed under a master key of before. @returns how many secrets */
  async rotateSecrets(): Promise<number> {
    const { sealer } = this.#parts;
    let rotated = 0;
    const isOld = ({ kind, proof }: StoredCredential): boolean => kind === 'hmac' && sealer.isOld(proof);
    for (const { name, credentials } of this.#byName.values()) {
      if (!credentials.some(isOld)) continue;
      await this.#change(name, (before) => ({
        ...before,
        credentials: before.credentials.map((one) => {
          if (!isOld(one)) return one;
          rotated++;
          const place = placeOf(name, one.hint);
          return { ...one, proof: sealer.seal(sealer.open(one.proof, place), place) };
        }),
      }));
    }
    return rotated;
  }

  #add(name: string, kind: CredentialKind, hint: string, proof: string, expiresAt: number | null): Promise<string> {
    const id = randomUUID();
    const made: StoredCredential = { id, kind, hint, proof, createdAt: this.#parts.now(), expiresAt };
    return this.#change(name, (before) => {
      if (before.credentials.length >= MOST_CREDENTIALS)
        throw new SluiceError('gateway.credential_invalid', {
          problems: [`the consumer "${name}" has ${MOST_CREDENTIALS} credentials already`],
        });
      const by = this.#ownerOf(identityOf(made));
      if (by) throw new SluiceError('gateway.credential_taken', { hint, by });
      return { ...before, credentials: [...before.credentials, made] };
    }).then(() => id);
  }

  #ownerOf(identity: string): string | null {
    for (const { name, credentials } of this.#byName.values())
      if (credentials.some((one) => identityOf(one) === identity)) return name;
    return null;
  }

  #find(name: string): StoredConsumer {
    const found = this.#byName.get(name);
    if (!found) throw new SluiceError('gateway.consumer_unknown', { name });
    return found;
  }

  #change(
    name: string,
    to: (before: StoredConsumer) => StoredConsumer,
    also: readonly RecordChange[] = [],
  ): Promise<ConsumerView> {
    return this.#inTurn(async () => {
      const before = this.#find(name);
      return this.#write({ ...to(before), changedAt: this.#parts.now() }, before, also);
    });
  }

  async #write(
    consumer: StoredConsumer,
    before: StoredConsumer | null,
    also: readonly RecordChange[] = [],
  ): Promise<ConsumerView> {
    await this.#parts.records.write([
      { collection: CONSUMERS, key: consumer.name, value: consumer, expected: before },
      ...also,
      this.#parts.revision.next(),
    ]);
    this.#hold(new Map(this.#byName).set(consumer.name, consumer));
    return this.#view(consumer);
  }

  #hold(byName: ReadonlyMap<string, StoredConsumer>): void {
    this.#byName = byName;
    this.#index = new CredentialIndex(byName.values());
    this.#secrets.clear();
    this.#digests.clear();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined); // whoever asked for it is told
    return done;
  }

  #view({ credentials, ...consumer }: StoredConsumer): ConsumerView {
    return {
      ...consumer,
      credentials: credentials.map(({ proof: _, ...credential }) => ({
        ...credential,
        lastUsedAt: this.#parts.uses.of(credential.id),
      })),
    };
  }
}

/** As Node writes it. */
function fingerprintIn(text: string): string {
  return text.replaceAll(':', '').toUpperCase().match(/../g)!.join(':');
}
