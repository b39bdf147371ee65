// A worker as a function: for tests, and for a platform in the same process.

import type { Manifest, Outcome, StepCall } from '@sluice/protocol';
import { Abort } from '../step/abort.ts';
import { Catalogue, type Offer } from '../step/catalogue.ts';
import { type Host, type RecordSink, systemHost } from '../step/host.ts';
import { runStep } from '../step/runner.ts';
import { consoleSink } from './console-sink.ts';

export interface LocalWorker {
  readonly manifest: Manifest;
  call(call: StepCall, signal?: AbortSignal): Promise<Outcome>;
}

/** @param offer.host  what its steps stand on instead of clock and network */
export function local(
  offer: Offer & { readonly onRecord?: RecordSink; readonly host?: Partial<Host> | undefined },
): LocalWorker {
  const catalogue = new Catalogue(offer);
  const host: Host = { ...systemHost(offer.onRecord ?? consoleSink), ...offer.host };
  return {
    manifest: catalogue.manifest,
    call(call, signal) {
      const abort = new Abort();
      signal?.addEventListener('abort', () => abort.abort(signal.reason as Error), { once: true });
      return runStep(catalogue, call, host, abort);
    },
  };
}
