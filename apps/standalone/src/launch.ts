// How Node is given the platform: what `npm start`, `sluice start` and the bench have in common.

import { fileURLToPath } from 'node:url';

/**
 * Much of what a platform makes outlives a collection and not the next one. V8 takes that for a sign that such objects live
 * long and makes them in the old generation from then on, where each keeps alive what it points to: after 50,000
 * messages a collection of the young generation took two to three times as long, and memory grew by a third.
 */
const NO_PRETENURING = '--no-allocation-site-pretenuring';

/** Arguments of `node` that run the platform. */
export const launchArguments = (): string[] => [NO_PRETENURING, fileURLToPath(new URL('./main.js', import.meta.url))];
