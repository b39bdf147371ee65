// Methods of applications, called at one of the workers that have their code.

import {
  type HttpMethod,
  type MethodCall,
  type MethodDescriptor,
  type MethodHead,
  SluiceError,
} from '@sluice/protocol';
import type { ApplicationCatalogue, Offered } from '../applications/catalogue.ts';
import type { Workers } from '../applications/workers.ts';
import type { SyncCalls } from './calls.ts';
import { faultOf } from './judge.ts';
import { applicationLimitKeys } from './limits.ts';

export type MethodBody = AsyncIterable<Uint8Array>;

/** What a worker answered; a body that breaks off throws while it is read. */
export type MethodResult =
  | (Extract<MethodHead, { ok: true }> & { readonly body: MethodBody })
  | Extract<MethodHead, { ok: false }>;

export type MethodAnswer =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: MethodBody;
    }
  | { readonly kind: 'stopped'; readonly reason: string };

export class SyncMethods {
  readonly #catalogue: ApplicationCatalogue;
  readonly #workers: Workers;
  readonly #calls: SyncCalls;
  readonly #now: () => number;

  constructor(catalogue: ApplicationCatalogue, workers: Workers, calls: SyncCalls, now: () => number) {
    this.#catalogue = catalogue;
    this.#workers = workers;
    this.#calls = calls;
    this.#now = now;
  }

  /** HTTP methods that can be used. @throws SluiceError `application.unknown`, `application.no_such_part` */
  allowed(application: string, name: string): readonly HttpMethod[] {
    const { methods } = this.#find(application, name).method;
    return [...new Set<HttpMethod>([...methods, ...(methods.includes('GET') ? (['HEAD'] as const) : []), 'OPTIONS'])];
  }

  declares(application: string, name: string, method: HttpMethod): boolean {
    return this.#find(application, name).method.methods.includes(method);
  }

  /**
   * @param body  null = none
   * @throws SluiceError, with the code of the method where it gave one
   */
  async call(call: MethodCall, body: MethodBody | null, signal: AbortSignal): Promise<MethodAnswer> {
    const { application, name, user } = call;
    const { offered } = this.#find(application, name);
    const { worker, up } = offered.by.find((one) => one.up) ?? offered.by[0]!;
    if (!up) throw new SluiceError('sync.away', { worker, reason: 'no replica is connected' });
    let result: MethodResult;
    try {
      result = await this.#workers.callMethod(worker, call, body, signal);
    } catch (cause) {
      const { message: reason, code = '' } = cause as NodeJS.ErrnoException;
      if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
        throw new SluiceError('sync.away', { worker, reason }, { cause });
      throw new SluiceError('sync.unanswered', { worker, reason }, { cause });
    }
    if (result.ok) return { kind: 'reply', status: result.status, headers: result.headers, body: result.body };
    const { outcome } = result;
    switch (outcome.kind) {
      case 'stop':
        return { kind: 'stopped', reason: outcome.reason };
      case 'limit':
        if (!outcome.own) await this.#calls.full(applicationLimitKeys(offered.application, user), outcome.untilMs);
        throw faultOf(outcome, this.#now());
      case 'redeliver':
      case 'hold':
      case 'fail':
        throw faultOf(outcome, this.#now());
      default:
        throw new SluiceError('sync.unreadable', { worker, reason: 'the outcome is of no known kind' });
    }
  }

  #find(application: string, name: string): { method: MethodDescriptor; offered: Offered } {
    const offered = this.#catalogue.find(application);
    const { methods } = offered.application;
    const method = methods.find((one) => one.name === name);
    if (method) return { method, offered };
    const known = methods.map((one) => one.name);
    throw new SluiceError('application.no_such_part', { application, part: 'method', name, known });
  }
}
