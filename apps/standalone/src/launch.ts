// How Node is given the platform: what `npm start`, `sluice start` and the bench have in common.

import { fileURLToPath } from 'node:url';

/**
 * Much of what a platform makes outlives a collection and not the next one. V8 takes that for a sign that such objects live
 * long and makes them in the old generation from then on, where each keeps alive what it points to: after 50,000
 * messages a collection of the young generation took two to three times as long, and memory grew by a third.
 */
const NO_PRETENURING = '--no-allocation-site-pretenuring';

/** Megabytes of each half of the young generation. */
const young = (megabytes: number): string => `--max-semi-space-size=${megabytes}`;

/**
 * Twice eight megabytes for young objects, not twice sixteen: loading the modules fills whatever is allowed, and most of what a
 * message needs is gone by the next collection with eight as well.
 */
const SMALL_YOUNG = young(8);

/** The flag is for the main thread. It would win over what other threads are given (`resourceLimits`): taken back before they start. */
export const YOUNG_AS_GIVEN = young(0);

/** One helper of V8, not four: each keeps memory of its own, and one is as quick beside a main thread that does most of the work. */
const HELPERS = '--v8-pool-size=1';

/** Arguments of `node` that run the platform. */
export const launchArguments = (): string[] => [
  NO_PRETENURING,
  SMALL_YOUNG,
  HELPERS,
  fileURLToPath(new URL('./main.js', import.meta.url)),
];
