// Failures around applications of existing workers.

import { fault } from './fault.ts';

export const EXISTING_FAULTS = {
  'application.ambiguous': fault<{ application: string; workers: readonly string[] }>(
    409,
    (d) => `Several workers have an application "${d.application}": ${d.workers.join(', ')}. Nothing was changed.`,
    'Say which is meant: ?worker=NAME.',
  ),
  'existing.nothing_to_authorise': fault<{ application: string }>(
    409,
    (d) => `There is nothing to authorise for "${d.application}": what it needs is filled in.`,
    'Save its settings.',
  ),
  'existing.bad_return': fault<{ returnTo: string }>(
    422,
    (d) => `"${d.returnTo}" is no path of this platform, so nobody is sent there.`,
    'Give a path such as /admin/applications/shop, without a host.',
  ),
  'existing.state_unknown': fault(
    400,
    () =>
      'This answer of a provider belongs to nothing that was begun here: it is too old, was used before, or is forged.',
    'Go back to the application and authorise again. Nothing was changed.',
  ),
} as const;
