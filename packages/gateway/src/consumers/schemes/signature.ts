// Signed requests: HTTP Message Signatures (RFC 9421) with hmac-sha256, the body by its digest (RFC 9530).

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SluiceError } from '@sluice/protocol';
import { bodyOf } from '../../exchange/body.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { type Consumer, type Scheme, WrongCredentials } from '../consumer.ts';
import type { ConsumerBook } from '../consumer-book.ts';
import type { LiveCredential } from '../credential.ts';
import { Replays } from '../replays.ts';

const ALGORITHM = 'hmac-sha256';
/** How old a signature may be. */
export const SIGNATURE_WINDOW_S = 300;
/** How far ahead the clock of a client may be. */
const AHEAD_S = 30;
const OF_THE_REQUEST = new Set(['@method', '@target-uri', '@authority', '@path', '@query']);

interface Checked {
  readonly live: LiveCredential;
  readonly signature: Buffer;
  readonly createdS: number;
  /** Components that are signed. */
  readonly covered: ReadonlySet<string>;
}

export class SignatureScheme implements Scheme {
  readonly kind = 'hmac';
  readonly title = 'signature (Signature, Signature-Input)';
  readonly challenge = null;
  readonly #book: ConsumerBook;
  readonly #now: () => number;
  readonly #replays = new Replays();

  constructor(book: ConsumerBook, now: () => number) {
    this.#book = book;
    this.#now = now;
  }

  offered(): boolean {
    return this.#book.has('hmac');
  }

  identify(exchange: Exchange, maxBodyBytes: number): Promise<Consumer> | null {
    // Where nobody signs, a signature is for the service behind.
    if (exchange.headers['signature-input'] === undefined || !this.offered()) return null;
    return this.#judge(exchange, maxBodyBytes);
  }

  async #judge(exchange: Exchange, maxBodyBytes: number): Promise<Consumer> {
    const { live, signature, createdS, covered } = await this.#check(exchange);
    delete exchange.headers.signature;
    delete exchange.headers['signature-input'];
    await bodyMustMatch(exchange, covered, maxBodyBytes);
    const until = (createdS + SIGNATURE_WINDOW_S) * 1_000;
    if (!this.#replays.isNew(live.credential.id, signature.toString('base64'), until, this.#now()))
      throw new SluiceError('gateway.replayed', {});
    return live.consumer;
  }

  async #check(exchange: Exchange): Promise<Checked> {
    const { httpbis } = await import('http-message-signatures');
    const covered = new Set<string>();
    const looked: LiveCredential[] = [];
    let made: Buffer | null = null;
    let createdS = Number.NaN;
    const { request, headers, peer } = exchange;
    const message = {
      method: request.method ?? '',
      url: `${peer.scheme}://${headers.host ?? ''}${request.url}`,
      headers,
    };
    try {
      const right = await httpbis.verifyMessage(
        {
          requiredParams: ['created', 'keyid'],
          requiredFields: ['@method'],
          notAfter: Number.MAX_SAFE_INTEGER, // judged below, by the clock that everything here goes by
          componentParser: (name, params) => {
            if (params.size > 0 || (name.startsWith('@') && !OF_THE_REQUEST.has(name)))
              throw new WrongCredentials(`the component "${name}" is not taken in this form`);
            covered.add(name);
            return null;
          },
          keyLookup: async ({ keyid, created }) => {
            const live = this.#book.find('hmac', String(keyid));
            if (!live) throw new WrongCredentials('the key of the signature is not known, was revoked, or has expired');
            // Two signatures could be of two consumers.
            if (looked.push(live) > 1) throw new WrongCredentials('one signature is taken, and there are several');
            createdS = created instanceof Date ? created.getTime() / 1_000 : Number.NaN;
            return {
              id: live.credential.hint,
              algs: [ALGORITHM],
              verify: async (base, signature) => {
                const own = createHmac('sha256', this.#book.secretOf(live)).update(base).digest();
                made = own;
                return own.length === signature.length && timingSafeEqual(own, signature);
              },
            };
          },
        },
        message,
      );
      if (right !== true) throw new WrongCredentials('the signature is wrong');
    } catch (error) {
      if (error instanceof WrongCredentials) throw error;
      throw new WrongCredentials(`the signature cannot be checked: ${(error as Error).message}`);
    }
    const ageS = this.#now() / 1_000 - createdS;
    if (!(ageS <= SIGNATURE_WINDOW_S && ageS >= -AHEAD_S))
      throw new WrongCredentials(`the signature was not made within the last ${SIGNATURE_WINDOW_S} seconds`);
    if (!covered.has('@target-uri') && !['@authority', '@path', '@query'].every((name) => covered.has(name)))
      throw new WrongCredentials('the signature must cover @target-uri');
    return { live: looked[0]!, signature: made!, createdS, covered };
  }
}

/** @throws WrongCredentials when the body is not the one that was signed */
async function bodyMustMatch(exchange: Exchange, covered: ReadonlySet<string>, maxBodyBytes: number): Promise<void> {
  const body = await bodyOf(exchange, maxBodyBytes);
  const said = exchange.headers['content-digest'];
  if (!covered.has('content-digest')) {
    if (body.length > 0) throw new WrongCredentials('the signature must cover content-digest, because there is a body');
    return;
  }
  const [, name = '', digest = ''] = /^(sha-256|sha-512)=:([A-Za-z0-9+/]+={0,2}):$/.exec(said ?? '') ?? [];
  if (name === '') throw new WrongCredentials('content-digest must be one sha-256 or sha-512');
  const own = createHash(name.replace('-', '')).update(body).digest();
  const theirs = Buffer.from(digest, 'base64');
  if (own.length !== theirs.length || !timingSafeEqual(own, theirs))
    throw new WrongCredentials('the body is not the one that content-digest says');
}
