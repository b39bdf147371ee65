// How an http worker knows that a request is the platform's: an HMAC-SHA256 under a secret that only the two have, over the
// time, the path and the body. Workers that do not know the header are not disturbed by it. The arithmetic with keys
// is done by both sides themselves; what is signed, and how it is written, is here.

/** `t=<epoch seconds>,v1=<hex>`; after a change of the secret a second v1, made with the one before. */
export const SIGNATURE_HEADER = 'sluice-signature';

/** A request older or newer than this is refused, so that a copied one is of use only for a while. */
export const SIGNATURE_TOLERANCE_S = 300;

/**
 * What is signed before the body.
 * @param path  as the worker sees it, without the path of its own address
 */
export function signedPrefix(seconds: number, path: string): string {
  return `${seconds}.${path}.`;
}

export function writeSignature(seconds: number, macs: readonly string[]): string {
  return `t=${seconds},v1=${macs.join(',v1=')}`;
}

export interface Signature {
  readonly seconds: number;
  readonly macs: readonly string[];
}

/** @returns null when it is no signature */
export function readSignature(header: string): Signature | null {
  let seconds = Number.NaN;
  const macs: string[] = [];
  for (const part of header.split(',')) {
    const [, name, value = ''] = /^\s*(t|v1)=([0-9a-f]{1,64})\s*$/.exec(part) ?? [];
    if (name === 't' && /^\d{1,12}$/.test(value)) seconds = Number(value);
    else if (name === 'v1' && value.length === 64) macs.push(value);
  }
  return Number.isNaN(seconds) || macs.length === 0 || macs.length > 4 ? null : { seconds, macs };
}
