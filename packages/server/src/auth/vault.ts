// Secrets at rest (S1): AES-256-GCM under a key derived from the master key; the text names the key, so keys can change.

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

export class Vault {
  readonly #key: Buffer;
  readonly #keyId: string;

  constructor(masterKey: string) {
    this.#key = Buffer.from(hkdfSync('sha256', masterKey, 'sluice', 'vault', 32));
    this.#keyId = createHash('sha256').update(this.#key).digest('hex').slice(0, 8);
  }

  /** @returns `v1.<key id>.<nonce>.<tag>.<cipher>` */
  seal(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return ['v1', this.#keyId, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
      '.',
    );
  }

  /** @throws Error when the text was changed, or sealed under another key */
  open(sealed: string): string {
    const [version, keyId, nonce = '', tag = '', text = ''] = sealed.split('.');
    if (version !== 'v1' || keyId !== this.#keyId)
      throw new Error('This secret was sealed under another master key. Set SLUICE_SECRET_KEY to that one.');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, Buffer.from(nonce, 'base64url'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  }
}
