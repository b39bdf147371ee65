// Signs requests to one http worker (protocol/worker/signature.ts).

import { createHmac, createSecretKey } from 'node:crypto';
import { signedPrefix, writeSignature } from '@sluice/protocol';

/** @returns the value of the signature header for a request made now */
export type Sign = (path: string, body: string | Uint8Array) => string;

/** @param secrets  each signs: the worker may still know only the one before */
export function signer(secrets: readonly string[]): Sign {
  const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret, 'utf8')));
  return (path, body) => {
    const seconds = Math.floor(Date.now() / 1000);
    const prefix = signedPrefix(seconds, path);
    return writeSignature(
      seconds,
      keys.map((key) => createHmac('sha256', key).update(prefix).update(body).digest('hex')),
    );
  };
}
