// Tokens that only their issuer can read: it is asked (RFC 7662), once for many requests.

import { createHash } from 'node:crypto';
import { type IntrospectionIssuer, SluiceError } from '@sluice/protocol';
import {
  type AuthorizationServer,
  allowInsecureRequests,
  ClientSecretBasic,
  customFetch,
  introspectionRequest,
  processIntrospectionResponse,
} from 'oauth4webapi';
import { WrongCredentials } from '../consumers/consumer.ts';
import type { IssuerLine } from './issuer-line.ts';
import type { Claims, TokenJudge } from './judge.ts';

const MOST_REMEMBERED = 10_000;
/** A token that is not good does not become good soon. */
const NO_HOLDS_MS = 10_000;

interface Known {
  /** Null: the issuer says that it is not good. */
  readonly claims: Claims | null;
  readonly until: number;
}

export class IntrospectionJudge implements TokenJudge {
  readonly #issuer: IntrospectionIssuer;
  readonly #secret: string;
  readonly #line: IssuerLine;
  readonly #now: () => number;
  /** By digest of the token; the oldest makes room. */
  readonly #known = new Map<string, Known>();
  readonly #underway = new Map<string, Promise<Claims | null>>();

  constructor(issuer: IntrospectionIssuer, secret: string, line: IssuerLine, now: () => number) {
    this.#issuer = issuer;
    this.#secret = secret;
    this.#line = line;
    this.#now = now;
  }

  async judge(token: string, waitMs: () => number): Promise<Claims> {
    const digest = createHash('sha256').update(token).digest('base64url');
    const known = this.#known.get(digest);
    const claims = known && known.until > this.#now() ? known.claims : await this.#asked(token, digest, waitMs);
    return this.#good(claims);
  }

  /** Many that come with the same token wait for one answer. */
  #asked(token: string, digest: string, waitMs: () => number): Promise<Claims | null> {
    const before = this.#underway.get(digest);
    if (before) return before;
    const retryAfterMs = waitMs();
    if (retryAfterMs > 0) throw new SluiceError('gateway.too_many_attempts', { retryAfterMs });
    const asked = this.#ask(token)
      .then((claims) => {
        this.#remember(digest, claims);
        return claims;
      })
      .finally(() => this.#underway.delete(digest));
    this.#underway.set(digest, asked);
    return asked;
  }

  async #ask(token: string): Promise<Claims | null> {
    const { introspectionUrl, clientId } = this.#issuer;
    const server: AuthorizationServer = { issuer: introspectionUrl, introspection_endpoint: introspectionUrl };
    const client = { client_id: clientId };
    try {
      const answer = await introspectionRequest(server, client, ClientSecretBasic(this.#secret), token, {
        [customFetch]: this.#line.fetch as never,
        // Whether its address is safe enough is up to whoever set it.
        [allowInsecureRequests]: true,
      });
      if (answer.status !== 200) throw new Error(`it answered ${answer.status}`);
      // Its own name is not what we call it, and is judged below where it says one.
      const said = (await answer.clone().json()) as { iss?: string };
      const claims = await processIntrospectionResponse(
        said.iss === undefined ? server : { ...server, issuer: said.iss },
        client,
        answer,
      );
      return claims.active ? (claims as unknown as Claims) : null;
    } catch (error) {
      if (error instanceof SluiceError) throw error;
      throw this.#line.unavailable((error as Error).message, error);
    }
  }

  #remember(digest: string, claims: Claims | null): void {
    const { cacheS } = this.#issuer;
    const holdsMs = claims === null ? Math.min(NO_HOLDS_MS, cacheS * 1_000) : cacheS * 1_000;
    const endsAt = typeof claims?.exp === 'number' ? claims.exp * 1_000 : Number.POSITIVE_INFINITY;
    const until = Math.min(this.#now() + holdsMs, endsAt);
    this.#known.delete(digest);
    if (this.#known.size >= MOST_REMEMBERED) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(digest, { claims, until });
  }

  #good(claims: Claims | null): Claims {
    if (claims === null) throw new WrongCredentials('the issuer of the token does not know it, or has ended it');
    const nowS = this.#now() / 1_000;
    const { exp, nbf, aud } = claims;
    if (typeof exp === 'number' && exp <= nowS) throw new WrongCredentials('the token has expired');
    if (typeof nbf === 'number' && nbf > nowS) throw new WrongCredentials('the token is not valid yet');
    const audiences = [aud].flat();
    const { audiences: wanted } = this.#issuer;
    if (wanted && !wanted.some((one) => audiences.includes(one)))
      throw new WrongCredentials('the claim "aud" of the token is missing or not what it must be');
    return claims;
  }
}
