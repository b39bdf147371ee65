// Steps in front of the real thing: real time, real connections that are kept between calls as in a worker, and installs as
// the test names them.

import { Harness } from '@sluice/engine/harness';
import type { InvocationBody, InvocationResult, LinkRecord } from '@sluice/protocol';
import { type AnyStep, type Application, Clients, local, type Offer } from '@sluice/sdk';
import { testWorker } from '../flow/worker.ts';
import { type TestInstall, testPlatform } from '../platform/platform.ts';
import { type CallOptions, callOf } from '../step/call.ts';
import { StepResult } from '../step/test-step.ts';

export interface LiveWorker extends AsyncDisposable {
  /** Run a step once. */
  run(step: AnyStep | string, input?: unknown, options?: CallOptions): Promise<StepResult>;
  /** All pages of a batch, one after the other; each is called as the platform would. */
  pages(step: AnyStep | string, input?: unknown, options?: CallOptions): Promise<readonly StepResult[]>;
  /** Have an application do something beside messages. */
  invoke(application: Application, body: InvocationBody, user?: string): Promise<InvocationResult>;
  /** Connections that are open. */
  readonly clients: Clients;
}

const MOST_PAGES = 1_000;

export function liveWorker(offer: Offer & { readonly installs?: readonly TestInstall[] }): LiveWorker {
  const { installs = [], ...offered } = offer;
  const clients = new Clients();
  const records: LinkRecord[] = [];
  const data = new Harness();
  const host = {
    clients,
    onRecord: (record: LinkRecord) => void records.push(record),
    platform: testPlatform(installs, { store: () => data.stores.data, now: Date.now }),
  };
  const worker = testWorker(offered, host);
  const inner = local({ ...offered, host, onRecord: host.onRecord });
  const found = (step: AnyStep | string): AnyStep => {
    const one = offered.steps.find((other) => other === step || other.name === step);
    if (one) return one;
    throw new Error(`The worker under test has no step "${typeof step === 'string' ? step : step.name}".`);
  };
  const run: LiveWorker['run'] = async (step, input = {}, options = {}) => {
    records.length = 0;
    const outcome = await worker.call(callOf(found(step), input, options, Date.now()));
    return new StepResult(outcome, [...records]);
  };
  return {
    clients,
    run,
    async pages(step, input = {}, options = {}) {
      const pages: StepResult[] = [];
      let cursor = options.cursor ?? null;
      do {
        const page = await run(step, input, { ...options, cursor });
        pages.push(page);
        cursor = page.outcome.kind === 'split' ? (page.outcome.cursor ?? null) : null;
      } while (cursor !== null && pages.length < MOST_PAGES);
      return pages;
    },
    invoke: (application, body, user = 'default') => inner.invoke({ ...body, application: application.key, user }),
    [Symbol.asyncDispose]: () => clients.close(),
  };
}
