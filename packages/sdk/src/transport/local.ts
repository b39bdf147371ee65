// A worker as a function: for tests, and for a platform in the same process.

import type { Invocation, InvocationResult, Manifest, Outcome, StepCall } from '@sluice/protocol';
import { runInvocation } from '../application/invoke.ts';
import { noPlatform } from '../platform/platform.ts';
import { Abort } from '../step/abort.ts';
import { Catalogue, type Offer } from '../step/catalogue.ts';
import { type Host, type RecordSink, systemHost } from '../step/host.ts';
import { runStep } from '../step/runner.ts';
import { consoleSink } from './console-sink.ts';

export interface LocalWorker {
  readonly manifest: Manifest;
  call(call: StepCall, signal?: AbortSignal): Promise<Outcome>;
  invoke(invocation: Invocation, signal?: AbortSignal): Promise<InvocationResult>;
  /** Ends connections that its steps keep. */
  close(): Promise<void>;
}

/** @param offer.host  what its steps stand on instead of clock and network */
export function local(
  offer: Offer & { readonly onRecord?: RecordSink; readonly host?: Partial<Host> | undefined },
): LocalWorker {
  const catalogue = new Catalogue(offer);
  const host = systemHost(offer.onRecord ?? consoleSink, noPlatform, offer.host);
  return {
    manifest: catalogue.manifest,
    call: (call, signal) => runStep(catalogue, call, host, abortWith(signal)),
    invoke: (invocation, signal) => runInvocation(catalogue, invocation, host, abortWith(signal)),
    close: () => host.clients.close(),
  };
}

function abortWith(signal: AbortSignal | undefined): Abort {
  const abort = new Abort();
  signal?.addEventListener('abort', () => abort.abort(signal.reason as Error), { once: true });
  return abort;
}
