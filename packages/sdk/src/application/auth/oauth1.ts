// OAuth 1.0a: the platform walks the three legs with the provider; here each request is signed with the token that came of it.

import type { OAuth1Descriptor } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { momentOf } from '../../signing/moment.ts';
import { signOauth1 } from '../../signing/oauth1.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm } from './auth.ts';
import { tokenOf } from './oauth2.ts';

/** Addresses may have parts that the user fills in. */
export interface OAuth1Options
  extends Omit<OAuth1Descriptor, 'kind' | 'signatureMethod'>,
    Partial<Pick<OAuth1Descriptor, 'signatureMethod'>> {
  readonly realm?: string;
}

export class OAuth1 implements Auth {
  readonly descriptor: OAuth1Descriptor;
  readonly form;
  readonly #realm: string | undefined;
  readonly #now: () => number;

  constructor({ realm, signatureMethod = 'HMAC-SHA1', ...addresses }: OAuth1Options, now: () => number = Date.now) {
    this.descriptor = {
      kind: 'oauth1',
      signatureMethod,
      ...(realm === undefined ? {} : { realm }),
      ...addresses,
    };
    this.#realm = realm;
    this.#now = now;
    this.form = credentialsForm([
      field.text('clientId', 'Consumer key', { required: true }),
      signatureMethod === 'RSA-SHA1'
        ? field.textarea('privateKey', 'Private key (PEM)', { required: true, secret: true, format: 'pem' })
        : field.password('clientSecret', 'Consumer secret', { required: true }),
    ]);
  }

  sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    const { signatureMethod } = this.descriptor;
    const token = tokenOf(install);
    const proof =
      signatureMethod === 'RSA-SHA1'
        ? { privateKey: credential(install, 'privateKey') }
        : { consumerSecret: credential(install, 'clientSecret') };
    const credentials = {
      consumerKey: credential(install, 'clientId'),
      ...proof,
      token: token.accessToken,
      tokenSecret: token.tokenSecret ?? '',
      signatureMethod,
      ...(this.#realm === undefined ? {} : { realm: this.#realm }),
    };
    return signOauth1(request, credentials, momentOf(this.#now()));
  }
}
