// The three legs of OAuth 1.0a (RFC 5849, 2): a temporary token, a person who agrees, a token for what they brought back.

import {
  CREDENTIALS_FORM,
  type Filled,
  fillTemplate,
  type OAuth1Descriptor,
  type Settings,
  SluiceError,
} from '@sluice/protocol';
import {
  Fail,
  type HttpResponse,
  isSecretName,
  momentOf,
  type Oauth1Credentials,
  type SettledRequest,
  signOauth1,
} from '@sluice/sdk';
import { effectiveSettings } from '../../installs/settings.ts';
import type { Subject } from '../authorisation.ts';
import { incompleteAs, textOf } from '../oauth2/parties.ts';
import { type ExchangeOptions, exchange, saidBy } from '../provider/exchange.ts';
import { ProviderFailure } from '../provider/failure.ts';
import type { ProviderToken } from '../tokens/record.ts';

export interface RequestToken {
  readonly token: string;
  readonly secret: string;
}

/** Methods throw ProviderFailure, and SluiceError `authorisation.incomplete` when the install lacks something. */
export class OAuth1Conversation {
  readonly #descriptor: OAuth1Descriptor;
  readonly #subject: Subject;
  readonly #settings: Settings;
  readonly #options: ExchangeOptions;

  constructor(descriptor: OAuth1Descriptor, subject: Subject, options: ExchangeOptions) {
    this.#descriptor = descriptor;
    this.#subject = subject;
    this.#settings = effectiveSettings(subject.manifest.forms, subject.install.settings);
    this.#options = options;
  }

  /** The first leg. @param callback  where the person comes back to */
  async requestToken(callback: string): Promise<RequestToken> {
    const answer = await this.#ask(this.#descriptor.requestTokenUrl, { callback });
    return { token: answer.oauth_token!, secret: answer.oauth_token_secret! };
  }

  /** Where the person agrees. */
  authorizationUrl({ token }: RequestToken): string {
    const url = new URL(this.#fill(this.#descriptor.authorizationUrl).url);
    url.searchParams.set('oauth_token', token);
    return url.href;
  }

  /** The third leg. */
  async accessToken({ token, secret }: RequestToken, verifier: string): Promise<ProviderToken> {
    const answer = await this.#ask(this.#descriptor.accessTokenUrl, { token, tokenSecret: secret, verifier });
    const { oauth_token, oauth_token_secret, ...others } = answer;
    const extra = Object.entries(others).filter(([name]) => !isSecretName(name));
    return {
      accessToken: oauth_token!,
      tokenSecret: oauth_token_secret!,
      refreshToken: null,
      tokenType: 'OAuth',
      expiresAt: null,
      scopes: [],
      extra: Object.fromEntries(extra.slice(0, 100).map(([name, value]) => [name, value.slice(0, 2_000)])),
    };
  }

  async #ask(template: string, more: Partial<Oauth1Credentials>): Promise<Record<string, string>> {
    const { url, userGivenHost } = this.#fill(template);
    const { url: signed, headers } = this.#signed(url, more);
    const answer = await exchange({ url: signed, method: 'POST', headers, guarded: userGivenHost }, this.#options);
    return membersOf(answer);
  }

  #signed(url: string, more: Partial<Oauth1Credentials>): SettledRequest {
    const { signatureMethod } = this.#descriptor;
    const credentials = { ...this.#client(), signatureMethod, ...more };
    try {
      return signOauth1({ url, method: 'POST' }, credentials, momentOf(this.#options.now()));
    } catch (cause) {
      if (!(cause instanceof Fail)) throw cause;
      throw new ProviderFailure('refused', cause.message, { code: 'unsigned', cause });
    }
  }

  #client(): Oauth1Credentials {
    const credentials = this.#settings[CREDENTIALS_FORM] ?? {};
    const consumerKey = textOf(credentials.clientId);
    const [consumerSecret, privateKey] = [textOf(credentials.clientSecret), textOf(credentials.privateKey)];
    const proof = this.#descriptor.signatureMethod === 'RSA-SHA1' ? privateKey : consumerSecret;
    if (consumerKey === '' || proof === '') {
      const { application, user } = this.#subject.install;
      const reason = `the form "${CREDENTIALS_FORM}" is not filled in.`;
      throw new SluiceError('authorisation.incomplete', { application, user, reason });
    }
    return { consumerKey, ...(consumerSecret && { consumerSecret }), ...(privateKey && { privateKey }) };
  }

  #fill(template: string): Filled {
    return incompleteAs(this.#subject.install, () => fillTemplate(template, this.#settings));
  }
}

/** @throws ProviderFailure when there is no token in it */
function membersOf({ status, bytes }: HttpResponse): Record<string, string> {
  const text = Buffer.from(bytes.subarray(0, 64 * 1024))
    .toString('utf8')
    .trim();
  const members = Object.fromEntries(new URLSearchParams(text));
  if (status >= 200 && status < 300 && members.oauth_token && members.oauth_token_secret) return members;
  const refused = status >= 300 && status < 500 && status !== 429;
  const said = saidBy(members.oauth_problem ?? text) || 'nothing';
  throw new ProviderFailure(refused ? 'refused' : 'unavailable', `it answered ${status}: ${said}`);
}
