import { type AuthDescriptor, CREDENTIALS_FORM } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { type AwsCredentials, signAws } from '../../signing/aws.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm } from './auth.ts';

export interface AwsOptions extends Pick<AwsCredentials, 'service' | 'unsignedPayload'> {
  /** Default: filled in. */
  readonly region?: string;
}

/** AWS Signature Version 4, for AWS and for what speaks like it. */
export class AwsSigV4Auth implements Auth {
  readonly descriptor: AuthDescriptor;
  readonly form;
  readonly #options: AwsOptions;
  readonly #now: () => number;

  constructor(options: AwsOptions, now: () => number = Date.now) {
    this.#options = options;
    this.descriptor = { kind: 'aws-sigv4', options: { ...options } };
    this.#now = now;
    this.form = credentialsForm([
      field.text('accessKeyId', 'Access key id', { required: true }),
      field.password('secretAccessKey', 'Secret access key', { required: true }),
      field.password('sessionToken', 'Session token', { description: 'Of temporary credentials.' }),
      ...(options.region === undefined ? [field.text('region', 'Region', { required: true })] : []),
    ]);
  }

  sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    const { region, ...options } = this.#options;
    const sessionToken = install?.value<string>(CREDENTIALS_FORM, 'sessionToken');
    const credentials = {
      ...options,
      accessKeyId: credential(install, 'accessKeyId'),
      secretAccessKey: credential(install, 'secretAccessKey'),
      ...(sessionToken ? { sessionToken } : {}),
      region: region ?? credential(install, 'region'),
    };
    return signAws(request, credentials, { now: this.#now() });
  }
}
