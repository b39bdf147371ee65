import type { AuthDescriptor, Json } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { type HmacSigning, signHmac } from '../../signing/hmac.ts';
import { momentOf } from '../../signing/moment.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm, withHeader } from './auth.ts';

/** How the service wants its signature; the secret is filled in. */
export interface HmacOptions extends Omit<HmacSigning, 'secret'> {
  /** Header that names the key, when the service has one; the name is filled in as well, and may be signed. */
  readonly keyHeader?: string;
  readonly labels?: { readonly key?: string; readonly secret?: string };
}

/** A signature by HMAC over the parts of each request that the service names. */
export class HmacAuth implements Auth {
  readonly descriptor: AuthDescriptor;
  readonly form;
  readonly #options: HmacOptions;
  readonly #now: () => number;

  constructor(options: HmacOptions, now: () => number = Date.now) {
    this.#options = options;
    this.#now = now;
    const { keyHeader, labels = {}, ...signing } = options;
    const shown = keyHeader === undefined ? signing : { ...signing, keyHeader };
    this.descriptor = { kind: 'hmac', options: shown as unknown as Record<string, Json> };
    this.form = credentialsForm([
      ...(keyHeader === undefined ? [] : [field.text('key', labels.key ?? 'Key', { required: true })]),
      field.password('secret', labels.secret ?? 'Secret', { required: true }),
    ]);
  }

  sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    const { keyHeader, labels: _, ...signing } = this.#options;
    const named = keyHeader === undefined ? request : withHeader(request, keyHeader, credential(install, 'key'));
    return signHmac(named, { ...signing, secret: credential(install, 'secret') }, momentOf(this.#now()));
  }
}
