// OAuth 2: the platform talks to the provider, keeps the refresh token and renews; here the token is put on requests.

import type { AccessToken, OAuth2Descriptor } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { Fail } from '../../step/errors.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credentialsForm, withHeader } from './auth.ts';

type Defaulted = 'scopes' | 'scopeSeparator' | 'pkce' | 'clientAuthentication';
/** Addresses may have parts that the user fills in: `https://{settings.shop}/oauth/token`. */
export type OAuth2Options = Omit<OAuth2Descriptor, 'kind' | 'grant' | Defaulted> &
  Partial<Pick<OAuth2Descriptor, Defaulted>> & { readonly grant?: OAuth2Descriptor['grant'] };

export class OAuth2 implements Auth {
  readonly descriptor: OAuth2Descriptor;
  readonly form;

  constructor(options: OAuth2Options) {
    this.descriptor = {
      grant: 'authorization-code',
      scopes: [],
      scopeSeparator: ' ',
      pkce: true,
      clientAuthentication: 'basic',
      ...options,
      kind: 'oauth2',
    };
    this.form = credentialsForm(fieldsOf(this.descriptor));
  }

  sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    return withHeader(request, 'authorization', `Bearer ${tokenOf(install).accessToken}`);
  }
}

function fieldsOf({ grant, clientAuthentication, assertion }: OAuth2Descriptor) {
  if (grant === 'jwt-bearer')
    return [
      field.text('clientId', 'Client id', { required: assertion?.issuer.includes('clientId') ?? false }),
      assertion?.algorithm === 'HS256'
        ? field.password('privateKey', 'Shared secret', { required: true })
        : field.textarea('privateKey', 'Private key (PEM)', { required: true, secret: true, format: 'pem' }),
    ];
  return [
    field.text('clientId', 'Client id', { required: true }),
    ...(clientAuthentication === 'none' ? [] : [field.password('clientSecret', 'Client secret', { required: true })]),
  ];
}

/** @throws Fail `install.not_authorised` */
export function tokenOf(install: Install | null): AccessToken {
  if (install?.token) return install.token;
  throw new Fail(
    install
      ? `User "${install.user}" has not authorised "${install.application}". Authorise it on the page of the application.`
      : 'The application is not installed.',
    { code: 'install.not_authorised' },
  );
}
