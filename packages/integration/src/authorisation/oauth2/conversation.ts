// The requests of OAuth 2 (RFC 6749, 7009, 7523, 8628). A strict library says what is asked and judges what was answered;
// in between, answers are read with patience.

import { CREDENTIALS_FORM, fillText, type OAuth2Descriptor, type Settings } from '@sluice/protocol';
import { type HttpResponse, type JwtClaims, jwtOf, momentOf } from '@sluice/sdk';
import * as oauth from 'oauth4webapi';
import { type ExchangeOptions, exchange, saidBy } from '../provider/exchange.ts';
import { ProviderFailure } from '../provider/failure.ts';
import type { ProviderToken } from '../tokens/record.ts';
import { readAnswer, wordsOf } from './answer.ts';
import { incompleteAs, type Parties } from './parties.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

export interface DeviceStart {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUrl: string;
  readonly expiresInMs: number;
  readonly intervalMs: number;
}

/** A conversation with the provider of one install. All methods throw ProviderFailure. */
export class Conversation {
  readonly #parties: Parties;
  readonly #options: ExchangeOptions;

  constructor(parties: Parties, options: ExchangeOptions) {
    this.#parties = parties;
    this.#options = options;
  }

  /** RFC 6749, 4.1.3, with PKCE (RFC 7636). */
  byCode(code: string, redirectUri: string, verifier: string | null): Promise<ProviderToken> {
    return this.#token('authorization_code', {
      code,
      redirect_uri: redirectUri,
      ...(verifier !== null && { code_verifier: verifier }),
    });
  }

  /** @param scopes  of the token before: what is not said again has not changed (RFC 6749, 6) */
  byRefreshToken(refreshToken: string, scopes: readonly string[]): Promise<ProviderToken> {
    return this.#token('refresh_token', { refresh_token: refreshToken }, scopes);
  }

  byCredentials(): Promise<ProviderToken> {
    return this.#token('client_credentials', this.#scope());
  }

  /** @throws SluiceError `authorisation.incomplete` */
  async byAssertion(of: { application: string; user: string }): Promise<ProviderToken> {
    const { descriptor } = this.#parties;
    const assertion = await this.#assertion(of);
    return this.#token(JWT_BEARER, { assertion, ...(descriptor.assertion?.claims?.scope ? {} : this.#scope()) });
  }

  /** @returns whether the person has not decided yet, and whether the provider wants to be asked less often */
  async byDeviceCode(deviceCode: string): Promise<ProviderToken | 'pending' | 'slow_down'> {
    try {
      return await this.#token(DEVICE_CODE, { device_code: deviceCode });
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      if (error.code === 'authorization_pending') return 'pending';
      if (error.code === 'slow_down') return 'slow_down';
      throw error;
    }
  }

  async startDevice(): Promise<DeviceStart> {
    const { server, client, proof } = this.#parties;
    const { answer } = await this.#ask((options) =>
      oauth.deviceAuthorizationRequest(server, client, proof, this.#scope(), options),
    );
    let said: Record<string, unknown>;
    try {
      said = JSON.parse(answer.text()) as Record<string, unknown>;
    } catch {
      readAnswer(answer, this.#options.now());
      throw new ProviderFailure('unavailable', 'The provider gave no code for the person.');
    }
    const url = said.verification_uri ?? said.verification_url;
    const { device_code, user_code } = said;
    if (typeof device_code !== 'string' || typeof user_code !== 'string' || !isWebAddress(url)) {
      const { response } = readAnswer(answer, this.#options.now());
      await this.#judged(response);
      throw new ProviderFailure('unavailable', 'The provider gave no code and address for the person.');
    }
    return {
      deviceCode: device_code,
      userCode: saidBy(user_code),
      verificationUrl: url,
      expiresInMs: within(said.expires_in, 600, 10, 86_400) * 1_000,
      intervalMs: within(said.interval, 5, 1, 300) * 1_000,
    };
  }

  /** RFC 7009. @param kind  what it is, which helps some providers to find it */
  async revoke(token: string, kind: 'refresh_token' | 'access_token'): Promise<void> {
    const { server, client, proof } = this.#parties;
    if (!server.revocation_endpoint) return;
    const additionalParameters = { token_type_hint: kind };
    const { answer } = await this.#ask((options) =>
      oauth.revocationRequest(server, client, proof, token, {
        ...options,
        additionalParameters,
      } as oauth.RevocationRequestOptions),
    );
    if (answer.status >= 200 && answer.status < 300) return;
    const { response } = readAnswer(answer, this.#options.now());
    await this.#judged(response);
  }

  async #token(
    grant: string,
    parameters: Record<string, string>,
    scopes: readonly string[] = this.#parties.descriptor.scopes,
  ): Promise<ProviderToken> {
    const { server, client, proof, descriptor } = this.#parties;
    const body = { ...descriptor.tokenParameters, ...parameters };
    const { answer, at } = await this.#ask((options) =>
      oauth.genericTokenEndpointRequest(server, client, proof, grant, body, options),
    );
    const { response, tokenType, extra } = readAnswer(answer, this.#options.now());
    const { access_token, refresh_token, expires_in, scope } = await this.#judged(response);
    const lifetimeS = expires_in ?? descriptor.defaultLifetimeS;
    return {
      accessToken: access_token,
      refreshToken: refresh_token ?? null,
      tokenType,
      // Counted from before it was asked: later than it is never is right.
      expiresAt: lifetimeS === undefined ? null : at + lifetimeS * 1_000,
      scopes: scope === undefined ? scopes : scope.split(/[\s,]+/).filter(Boolean),
      extra,
    };
  }

  /** Have the library make the request, and send it ourselves. */
  async #ask(
    make: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>,
  ): Promise<{ answer: HttpResponse; at: number }> {
    const at = this.#options.now();
    let answer: HttpResponse | null = null;
    await make({
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: async (url, { headers, body }) => {
        const guarded = this.#parties.guarded.has(new URL(url).href);
        const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
        answer = await exchange({ url, method: 'POST', headers: form, body: String(body), guarded }, this.#options);
        // What it says is read by us; the library only has to see that something came.
        return new Response(null, { status: 200 });
      },
    });
    return { answer: answer!, at };
  }

  async #judged(response: Response): Promise<oauth.TokenEndpointResponse> {
    const { server, client } = this.#parties;
    try {
      return await oauth.processGenericTokenEndpointResponse(server, client, response);
    } catch (cause) {
      if (cause instanceof oauth.ResponseBodyError) {
        const { error, error_description } = cause;
        const words = wordsOf({ error, ...(error_description ? { error_description } : {}) });
        throw new ProviderFailure('refused', words, { code: error, cause });
      }
      throw new ProviderFailure('lost', 'The provider answered a success without a token.', { cause });
    }
  }

  #scope(): Record<string, string> {
    const { scopes, scopeSeparator } = this.#parties.descriptor;
    return scopes.length === 0 ? {} : { scope: scopes.join(scopeSeparator) };
  }

  async #assertion(of: { application: string; user: string }): Promise<string> {
    const { descriptor, settings } = this.#parties;
    const claims = incompleteAs(of, () => claimsOf(descriptor, settings));
    try {
      return await jwtOf(claims, momentOf(this.#options.now()));
    } catch (cause) {
      throw new ProviderFailure('refused', (cause as Error).message, { code: 'assertion', cause });
    }
  }
}

/** @throws Error in words, when something is not filled in */
function claimsOf({ assertion }: OAuth2Descriptor, settings: Settings): JwtClaims {
  if (!assertion) throw new Error('the application does not say what its assertion states.');
  const { algorithm, issuer, audience, subject, claims = {} } = assertion;
  const fill = (template: string): string => fillText(template, settings);
  return {
    algorithm,
    key: fill(`{${CREDENTIALS_FORM}.privateKey}`),
    issuer: fill(issuer),
    audience: fill(audience),
    ...(subject === undefined ? {} : { subject: fill(subject) }),
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, fill(value)])),
  };
}

function within(value: unknown, preset: number, least: number, most: number): number {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.min(Math.max(number, least), most) : preset;
}

const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= 2_000 &&
  URL.canParse(value) &&
  /^https?:$/.test(new URL(value).protocol);
