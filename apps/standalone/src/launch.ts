// How Node is given the platform: what `npm start`, `sluice start` and the bench have in common.

import { fileURLToPath } from 'node:url';

/**
 * What lives until its message is on disk is copied by every collection of the young generation; half as many collections
 * are a tenth of the platform's work at full load. Node can be told only when it starts.
 */
const YOUNG_GENERATION = '--max-semi-space-size=32';

/** Arguments of `node` that run the platform. */
export const launchArguments = (): string[] => [YOUNG_GENERATION, fileURLToPath(new URL('./main.js', import.meta.url))];
