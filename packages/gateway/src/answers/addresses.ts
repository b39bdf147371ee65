// Addresses under which a client finds an answer that it did not wait for: `/~answers/{route}/{process}/{proof}`.
//
// The proof binds process, route and consumer, so nothing has to be kept for an answer that may never be fetched: any
// replica that has the key, and any later life of this one, knows whose it is.

import { createHmac, timingSafeEqual } from 'node:crypto';

/** First segment of these addresses; no route may begin with it. */
export const ANSWERS_SEGMENT = '~answers';
const BEGIN = `/${ANSWERS_SEGMENT}/`;

export interface AnswerAddress {
  readonly route: string;
  readonly processId: string;
  readonly proof: string;
}

export class AnswerAddresses {
  readonly #keys: readonly Uint8Array[];

  /** @param keys  the first one makes proofs, all of them check */
  constructor(keys: readonly Uint8Array[]) {
    this.#keys = keys;
  }

  /** @param consumer  null on a public route: whoever has the address has the answer */
  of(route: string, processId: string, consumer: string | null): string {
    return `${BEGIN}${route}/${encodeURIComponent(processId)}/${proof(this.#keys[0]!, route, processId, consumer)}`;
  }

  isTrue({ route, processId, proof: given }: AnswerAddress, consumer: string | null): boolean {
    const presented = Buffer.from(given);
    return this.#keys.some((key) => {
      const expected = Buffer.from(proof(key, route, processId, consumer));
      return expected.length === presented.length && timingSafeEqual(expected, presented);
    });
  }
}

/** Null when the path is no such address. */
export function readAddress(path: string): AnswerAddress | null {
  if (!path.startsWith(BEGIN)) return null;
  const [route = '', process = '', proof = '', ...more] = path.slice(BEGIN.length).split('/');
  if (route === '' || process === '' || proof === '' || more.length > 0) return null;
  try {
    return { route, processId: decodeURIComponent(process), proof };
  } catch {
    return null;
  }
}

const proof = (key: Uint8Array, ...parts: readonly (string | null)[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
