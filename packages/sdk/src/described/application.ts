// An application made of a description. A class of its own may extend it: limits, webhooks, actions, another proof.

import type { OperationData, ServiceAuth, ServiceData } from '@sluice/protocol';
import { Application, type Limit } from '../application/application.ts';
import type { Auth } from '../application/auth/auth.ts';
import type { ApplicationContext } from '../application/context.ts';
import type { Form } from '../application/form.ts';
import type { Reading } from '../http/reading.ts';
import type { HttpResponse } from '../http/response.ts';
import { readFailure } from './answer.ts';
import { proofOf } from './auth.ts';
import { requestOf } from './request.ts';

export interface DescribedOptions {
  /** Default: that of the description. */
  readonly key?: string;
  /** Name of the way to prove who asks; default: the first that the description has. */
  readonly auth?: string;
}

export class DescribedApplication extends Application {
  readonly key: string;
  readonly name: string;
  readonly baseUrl: string;
  declare readonly description?: string;
  declare readonly website?: string;
  declare readonly auth?: Auth;
  override readonly forms: readonly Form[];
  override readonly limits: readonly Limit[];
  declare test?: (context: ApplicationContext) => Promise<string>;

  /** @throws Error when the description has no such way to prove who asks */
  constructor(service: ServiceData, options: DescribedOptions = {}) {
    super();
    this.key = options.key ?? service.key;
    this.name = service.name;
    this.baseUrl = service.baseUrl;
    this.forms = service.forms;
    this.limits = service.limits;
    if (service.description !== undefined) this.description = service.description;
    if (service.website !== undefined) this.website = service.website;
    const auth = wayOf(service, options.auth);
    if (auth) this.auth = proofOf(auth);
    const tried = service.operations.find(({ name }) => name === service.test);
    if (tried) this.test = (context) => tryOut(this.name, tried, context);
  }

  override read(response: HttpResponse, _now: number): Reading | undefined {
    return readFailure(this.key, response);
  }
}

function wayOf({ auth }: ServiceData, wanted: string | undefined): ServiceAuth | undefined {
  if (wanted === undefined) return auth[0];
  const found = auth.find(({ name }) => name === wanted);
  if (found) return found;
  const known = auth.map(({ name }) => `"${name}"`).join(', ') || 'none';
  throw new Error(`The description has no way to prove who asks that is called "${wanted}". It has: ${known}.`);
}

/** One that reads and needs nothing to be named. */
async function tryOut(name: string, operation: OperationData, { api }: ApplicationContext): Promise<string> {
  const { path, options } = requestOf(operation, {});
  await api.send(path, options);
  return `${name} answers (${operation.method} ${operation.path}).`;
}
