// Tokens that carry their own proof: signed by a key that the issuer publishes.

import { type JwtIssuer, SluiceError } from '@sluice/protocol';
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import { WrongCredentials } from '../consumers/consumer.ts';
import type { IssuerLine } from './issuer-line.ts';
import type { Claims, TokenJudge } from './judge.ts';

export interface JwksTiming {
  /** Keys are asked for again after this; default 10 minutes. */
  readonly maxAgeMs: number;
  /** A token with an unknown key makes us ask again, but not more often than this; default 30 s. */
  readonly cooldownMs: number;
}

export class JwtJudge implements TokenJudge {
  readonly #issuer: JwtIssuer;
  readonly #line: IssuerLine;
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  readonly #now: () => number;
  /** The last keys that came: they go on to hold while the issuer is away. */
  #last: string | null = null;

  constructor(issuer: JwtIssuer, line: IssuerLine, timing: JwksTiming, now: () => number) {
    this.#issuer = issuer;
    this.#line = line;
    this.#now = now;
    this.#keys = createRemoteJWKSet(new URL(issuer.jwksUrl), {
      cacheMaxAge: timing.maxAgeMs,
      cooldownDuration: timing.cooldownMs,
      [customFetch]: (url, init) => this.#fetchKeys(url, init),
    });
  }

  async judge(token: string): Promise<Claims> {
    const { issuer, audiences, algorithms, clockSkewS } = this.#issuer;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
        audience: [...audiences],
        algorithms: [...algorithms],
        clockTolerance: clockSkewS,
        currentDate: new Date(this.#now()),
        requiredClaims: ['exp'],
      });
      return payload;
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  async #fetchKeys(url: string, init: Parameters<IssuerLine['fetch']>[1]): Promise<Response> {
    try {
      const answer = await this.#line.fetch(url, init);
      if (answer.status !== 200) throw this.#line.unavailable(`its keys are answered with ${answer.status}`);
      const text = await answer.text();
      this.#last = text;
      return new Response(text);
    } catch (error) {
      if (this.#last === null) throw error;
      return new Response(this.#last);
    }
  }

  #refusal(error: unknown): Error {
    if (error instanceof SluiceError) return error;
    if (error instanceof errors.JWTExpired) return new WrongCredentials('the token has expired');
    if (error instanceof errors.JWTClaimValidationFailed)
      return new WrongCredentials(`the claim "${error.claim}" of the token is missing or not what it must be`);
    if (error instanceof errors.JWKSNoMatchingKey)
      return new WrongCredentials('the token is signed with a key that its issuer does not have');
    if (error instanceof errors.JOSEAlgNotAllowed)
      return new WrongCredentials('the token is signed with an algorithm that is not taken');
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return new WrongCredentials('the signature of the token is wrong');
    if (error instanceof errors.JWKSInvalid || error instanceof errors.JWKSTimeout || isAboutKeys(error))
      return this.#line.unavailable('its keys cannot be read', error);
    return new WrongCredentials('the token cannot be read');
  }
}

/** What came from the address of the keys is no JSON. */
const isAboutKeys = (error: unknown): boolean =>
  error instanceof errors.JOSEError && error.message.includes('JSON Web Key Set');
