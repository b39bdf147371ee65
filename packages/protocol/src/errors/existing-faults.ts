// Failures around applications of existing workers.

import { fault } from './fault.ts';

export const EXISTING_FAULTS = {
  'application.ambiguous': fault<{ application: string; workers: readonly string[] }>(
    409,
    (d) => `Several workers have an application "${d.application}": ${d.workers.join(', ')}. Nothing was changed.`,
    'Say which is meant: ?worker=NAME.',
  ),
} as const;
