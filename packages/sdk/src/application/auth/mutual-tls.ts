import { type AuthDescriptor, CREDENTIALS_FORM } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm } from './auth.ts';

export interface MutualTlsOptions {
  /** Issuers of the service's certificate as PEM text; default those that Node.js trusts, or what is filled in. */
  readonly ca?: string;
}

/** A client certificate, which proves the user while the connection is made. */
export class MutualTlsAuth implements Auth {
  readonly descriptor: AuthDescriptor;
  readonly form;
  readonly #ca: string | undefined;

  constructor({ ca }: MutualTlsOptions = {}) {
    this.#ca = ca;
    this.descriptor = { kind: 'mutual-tls', options: ca === undefined ? {} : { ca } };
    const pem = { format: 'pem' as const };
    this.form = credentialsForm([
      field.textarea('certificate', 'Certificate (PEM)', { required: true, ...pem }),
      field.textarea('privateKey', 'Private key (PEM)', { required: true, secret: true, ...pem }),
      field.password('passphrase', 'Passphrase of the key'),
      ...(ca === undefined ? [field.textarea('ca', 'Issuer of the service’s certificate (PEM)', pem)] : []),
    ]);
  }

  sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    const optional = (name: string): string | undefined => install?.value<string>(CREDENTIALS_FORM, name);
    const [passphrase, ca] = [optional('passphrase'), this.#ca ?? optional('ca')];
    return {
      ...request,
      tls: {
        cert: credential(install, 'certificate'),
        key: credential(install, 'privateKey'),
        ...(passphrase && { passphrase }),
        ...(ca && { ca }),
      },
    };
  }
}
