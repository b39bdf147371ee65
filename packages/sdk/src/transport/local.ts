// A worker as a function: for tests, and for a platform in the same process.

import type { Manifest, Outcome, StepCall } from '@sluice/protocol';
import { Abort } from '../step/abort.ts';
import { Catalogue, type Offer } from '../step/catalogue.ts';
import type { RecordSink } from '../step/context.ts';
import { runStep } from '../step/runner.ts';
import { consoleSink } from './console-sink.ts';

export interface LocalWorker {
  readonly manifest: Manifest;
  call(call: StepCall, signal?: AbortSignal): Promise<Outcome>;
}

export function local(offer: Offer & { readonly onRecord?: RecordSink }): LocalWorker {
  const catalogue = new Catalogue(offer);
  const sink = offer.onRecord ?? consoleSink;
  return {
    manifest: catalogue.manifest,
    call(call, signal) {
      const abort = new Abort();
      signal?.addEventListener('abort', () => abort.abort(signal.reason as Error), { once: true });
      return runStep(catalogue, call, sink, abort);
    },
  };
}
