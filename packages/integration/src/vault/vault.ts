// Secrets at rest (S1): AES-256-GCM under keys derived from master keys; a sealed text names its key, so keys can change.
//
// What is sealed is bound to its place: text moved to another record does not open.

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { SluiceError } from '@sluice/protocol';

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

export class Vault {
  readonly #newest: Key;
  readonly #byId: ReadonlyMap<string, Key>;

  /** @param former  master keys of before, which still open what was sealed under them */
  constructor(masterKey: string, former: readonly string[] = []) {
    const keys = [masterKey, ...former].map(keyOf);
    this.#newest = keys[0]!;
    this.#byId = new Map(keys.map((key) => [key.id, key]));
  }

  /**
   * @param place  where it is kept, such as `install/hubspot/ann`; only there it opens
   * @returns `v1.<key id>.<nonce>.<tag>.<cipher>`
   */
  seal(text: string, place = ''): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#newest.bytes, nonce);
    if (place) cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'));
    return ['v1', this.#newest.id, ...parts].join('.');
  }

  /**
   * @throws SluiceError `vault.wrong_key`
   * @throws Error when the text was changed, or belongs to another place
   */
  open(sealed: string, place = ''): string {
    const [version, keyId = '', nonce = '', tag = '', text = ''] = sealed.split('.');
    const key = this.#byId.get(keyId);
    if (version !== 'v1' || !key) throw new SluiceError('vault.wrong_key', { keyId: keyId.slice(0, 20) });
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
    if (place) decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  }

  /** It was sealed under a key of before, and should be sealed again. */
  isOld(sealed: string): boolean {
    return sealed.split('.')[1] !== this.#newest.id;
  }
}

function keyOf(masterKey: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', masterKey, 'sluice', 'vault', 32));
  return { bytes, id: createHash('sha256').update(bytes).digest('hex').slice(0, 8) };
}
