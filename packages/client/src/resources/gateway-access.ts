// Who may call the gateway: consumers with their credentials, and issuers of access tokens.

import type {
  CertificateRequest,
  ConsumerChange,
  ConsumerRequest,
  ConsumerView,
  CredentialCreated,
  IssuerRequestInput,
  IssuerView,
  KeyCreated,
  KeyRequest,
  PageOf,
  PasswordRequest,
  SigningKeyCreated,
  SigningKeyRequest,
} from '@sluice/protocol';
import { type Http, path } from '../http/http.ts';

const CONSUMERS = '/api/v1/gateway/consumers';
const ISSUERS = '/api/v1/gateway/issuers';

export function consumerCalls(http: Http) {
  const at = (name: string): string => path`/api/v1/gateway/consumers/${name}`;
  return {
    list: (): Promise<PageOf<ConsumerView>> => http.call('GET', CONSUMERS),
    get: (name: string): Promise<ConsumerView> => http.call('GET', at(name)),
    create: (consumer: Pick<ConsumerRequest, 'name'> & Partial<ConsumerRequest>): Promise<ConsumerView> =>
      http.call('POST', CONSUMERS, { json: consumer }),
    /** What is left out becomes what it is by default; credentials stay. */
    update: (name: string, change: Partial<ConsumerChange>): Promise<ConsumerView> =>
      http.call('PUT', at(name), { json: change }),
    enable: (name: string): Promise<ConsumerView> => http.call('POST', `${at(name)}/enable`),
    disable: (name: string): Promise<ConsumerView> => http.call('POST', `${at(name)}/disable`),
    remove: (name: string): Promise<void> => http.call('DELETE', at(name)),
    /** The key is shown only now. */
    addKey: (name: string, request: KeyRequest = {}): Promise<KeyCreated> =>
      http.call('POST', `${at(name)}/keys`, { json: request }),
    addPassword: (name: string, request: PasswordRequest): Promise<CredentialCreated> =>
      http.call('POST', `${at(name)}/passwords`, { json: request }),
    /** The secret is shown only now. */
    addSigningKey: (name: string, request: SigningKeyRequest = {}): Promise<SigningKeyCreated> =>
      http.call('POST', `${at(name)}/signing-keys`, { json: request }),
    addCertificate: (name: string, request: CertificateRequest): Promise<CredentialCreated> =>
      http.call('POST', `${at(name)}/certificates`, { json: request }),
    /** It opens nothing any more when this resolves. */
    revoke: (name: string, id: string): Promise<ConsumerView> =>
      http.call('DELETE', `${at(name)}${path`/credentials/${id}`}`),
  };
}

export function issuerCalls(http: Http) {
  const at = (name: string): string => path`/api/v1/gateway/issuers/${name}`;
  return {
    list: (): Promise<PageOf<IssuerView>> => http.call('GET', ISSUERS),
    get: (name: string): Promise<IssuerView> => http.call('GET', at(name)),
    /** Make it so; a client secret that is left out stays. */
    save: (issuer: IssuerRequestInput): Promise<IssuerView> => http.call('PUT', at(issuer.name), { json: issuer }),
    remove: (name: string): Promise<void> => http.call('DELETE', at(name)),
  };
}
