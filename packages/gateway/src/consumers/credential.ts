// Credentials of consumers as they are kept, and found again by what a request shows.

import { createHash } from 'node:crypto';
import type { ConsumerRequest, CredentialKind } from '@sluice/protocol';
import type { Consumer } from './consumer.ts';

export interface StoredCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  /** Begin of a key, user name, key id, fingerprint or subject. But for keys, requests are found by it. */
  readonly hint: string;
  /** Of a key its digest, of a password its hash, of a signing key the sealed secret; a certificate proves itself. */
  readonly proof: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

export interface StoredConsumer extends Omit<ConsumerRequest, 'user'> {
  readonly user: string;
  readonly credentials: readonly StoredCredential[];
  readonly createdAt: number;
  readonly changedAt: number;
}

/** A credential with whose it is. */
export interface LiveCredential {
  readonly consumer: Consumer;
  readonly credential: StoredCredential;
}

/**
 * A key has 256 random bits, so a plain digest is enough, and looking it up by the digest tells nothing through time:
 * who could steer the digest would have to know the key.
 */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** What is unique over all consumers, so that a request is of one of them. */
export const identityOf = ({ kind, hint, proof }: Pick<StoredCredential, 'kind' | 'hint' | 'proof'>): string =>
  `${kind}:${kind === 'key' ? proof : hint}`;

/** All credentials that can be used, but for their time: it is looked at when one is. */
export class CredentialIndex {
  readonly #live = new Map<string, LiveCredential>();
  readonly #kinds = new Set<CredentialKind>();

  constructor(consumers: Iterable<StoredConsumer>) {
    for (const { enabled, name, scopes, user, limits, credentials } of consumers) {
      if (!enabled) continue;
      const known = new Set(scopes);
      for (const credential of credentials) {
        const consumer = { name, scopes: known, user, limits, scheme: credential.kind };
        this.#live.set(identityOf(credential), { consumer, credential });
        this.#kinds.add(credential.kind);
      }
    }
  }

  has(kind: CredentialKind): boolean {
    return this.#kinds.has(kind);
  }

  find(kind: CredentialKind, shown: string, now: number): LiveCredential | null {
    const found = this.#live.get(`${kind}:${shown}`);
    if (!found) return null;
    const { expiresAt } = found.credential;
    return expiresAt !== null && expiresAt <= now ? null : found;
  }
}
