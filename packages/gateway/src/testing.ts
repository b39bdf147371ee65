// Door for tests: all that a gateway must be given and a test does not use.

import { memoryStores } from '@sluice/engine/memory';
import type { GatewayOptions } from './index.ts';

const nowhere = (): never => {
  throw new Error('This gateway leads nowhere.');
};

/** Options of a gateway whose routes lead to addresses only; a test puts its own over them. */
export function gatewayToNowhere(stores = memoryStores()): GatewayOptions {
  return {
    records: stores.records,
    data: stores.data,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    limits: { acquire: nowhere, pause: nowhere },
    processes: { start: nowhere, ask: nowhere, result: nowhere },
    methods: { allowed: nowhere, declares: nowhere, call: nowhere },
    actions: { call: nowhere },
    sealer: { seal: nowhere, open: nowhere, isOld: nowhere },
    applications: { problem: nowhere, signsBody: nowhere, permit: nowhere, full: nowhere, outgoing: nowhere },
  };
}
