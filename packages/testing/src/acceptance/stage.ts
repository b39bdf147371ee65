// One play: a step or an application, installed for a user, in front of a played service, at one instant.

import { AssertionError } from 'node:assert';
import type { CallResult, InvocationBody, InvocationResult } from '@sluice/protocol';
import { type AnyStep, type Application, type Host, local } from '@sluice/sdk';
import { testWorker } from '../flow/worker.ts';
import { testPlatform } from '../platform/platform.ts';
import { callOf } from '../step/call.ts';
import type { Exchange, ServiceFile } from './files.ts';
import { PlayedService } from './played-service.ts';

const USER = 'ann';

export class Stage {
  readonly service: ServiceFile;
  readonly application: Application;

  constructor(service: ServiceFile, application: Application) {
    this.service = service;
    this.application = application;
  }

  /** Epoch ms. */
  get now(): number {
    return Date.parse(this.service.at);
  }

  /**
   * Run a step against exchanges that must all happen.
   * @throws AssertionError when one did not, or another request was made
   */
  async step(step: AnyStep, input: unknown, exchanges: readonly Exchange[], cursor: string | null = null) {
    const call = callOf(step, input, { user: USER, cursor }, this.now);
    return this.#play(exchanges, call.idempotencyKey, (host): Promise<CallResult> => {
      const worker = testWorker({ steps: [step] }, host);
      return worker.call(call);
    });
  }

  /** Have the application do something beside messages; see `step`. */
  async invoke(body: InvocationBody, exchanges: readonly Exchange[]): Promise<InvocationResult> {
    return this.#play(exchanges, null, (host) => {
      const worker = local({ steps: [], applications: [this.application], host, onRecord: () => {} });
      return worker.invoke({ ...body, application: this.application.key, user: USER });
    });
  }

  async #play<T>(
    exchanges: readonly Exchange[],
    idempotencyKey: string | null,
    run: (host: Partial<Host>) => Promise<T>,
  ): Promise<T> {
    const { origin, headers } = this.service;
    const installed = this.#installed();
    const { settings, token, extra } = installed;
    const patience = new AbortController();
    using service = await PlayedService.open(exchanges, {
      origin: installed.origin ?? origin,
      headers: { ...headers, ...installed.headers },
      idempotencyKey,
      onSilence: () => patience.abort(),
    });
    const result = await run({
      onRecord: () => {},
      now: () => this.now,
      // Nobody waits for time: patience ends when the service is asked and says nothing.
      timeout: () => patience.signal,
      wire: service.wire,
      platform: testPlatform([{ application: this.application.key, user: USER, settings, token, extra }], {
        store: noStore,
        now: () => this.now,
      }),
    });
    // The connection is free again for the next play.
    await new Promise(setImmediate);
    service.check();
    return result;
  }

  #installed(): ServiceFile['applications'][string] {
    const installed = this.service.applications[this.application.key];
    if (installed) return installed;
    throw new AssertionError({ message: `service.json has no install of the application "${this.application.key}".` });
  }
}

function noStore(): never {
  throw new Error('Exchanges keep no data on the platform.');
}
