import type { AuthDescriptor, Json } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { type JwtClaims, signJwt } from '../../signing/jwt.ts';
import { momentOf } from '../../signing/moment.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm } from './auth.ts';

/** What is the same for all users; who they are and their key is filled in. */
export interface JwtOptions extends Omit<JwtClaims, 'key' | 'issuer' | 'keyId' | 'passphrase'> {
  /** Default: filled in. */
  readonly issuer?: string;
  /** Ask for the id of the key as well. */
  readonly withKeyId?: boolean;
  readonly labels?: { readonly issuer?: string; readonly key?: string };
}

/** A JWT (RFC 7519) as bearer, made anew for every request, as GitHub Apps and App Store Connect want it. */
export class JwtAuth implements Auth {
  readonly descriptor: AuthDescriptor;
  readonly form;
  readonly #options: JwtOptions;
  readonly #now: () => number;

  constructor(options: JwtOptions, now: () => number = Date.now) {
    this.#options = options;
    this.#now = now;
    const { labels = {}, ...shown } = options;
    const { issuer, withKeyId, algorithm } = options;
    this.descriptor = { kind: 'jwt', options: shown as unknown as Record<string, Json> };
    this.form = credentialsForm([
      ...(issuer === undefined ? [field.text('issuer', labels.issuer ?? 'Issuer', { required: true })] : []),
      ...(withKeyId ? [field.text('keyId', 'Key id', { required: true })] : []),
      algorithm.startsWith('HS')
        ? field.password('key', labels.key ?? 'Shared secret', { required: true })
        : field.textarea('key', labels.key ?? 'Private key (PEM)', { required: true, secret: true, format: 'pem' }),
    ]);
  }

  sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    const { issuer, withKeyId, labels: _, ...claims } = this.#options;
    return signJwt(
      request,
      {
        ...claims,
        issuer: issuer ?? credential(install, 'issuer'),
        key: credential(install, 'key'),
        ...(withKeyId ? { keyId: credential(install, 'keyId') } : {}),
      },
      momentOf(this.#now()),
    );
  }
}
