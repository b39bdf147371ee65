// A way to a worker, with something done around each of its calls.

import type { Transport } from '@sluice/engine/workers';
import type { Called, StepCall } from '@sluice/protocol';

/** @param around  gets the call and what sends it; never rejects */
export function existingTransport(
  inner: Transport,
  around: (call: StepCall, send: (call: StepCall) => Promise<Called>) => Promise<Called>,
): Transport {
  return {
    capacity: () => inner.capacity(),
    chains: () => inner.chains?.() ?? false,
    call: (call, timeoutMs, signal, chain) => around(call, (made) => inner.call(made, timeoutMs, signal, chain)),
    close: () => inner.close(),
  };
}
