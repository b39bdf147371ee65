// Which subscriptions there are to be: those of nodes of enabled versions, for each who has the application enabled.

import type { Entry } from '@sluice/engine';
import type { Json } from '@sluice/protocol';
import type { StoredInstall } from '../installs/store.ts';
import type { NewWebhook } from './book.ts';

/** Owner of what comes in at an address that belongs to no install. */
const NOBODY = 'default';

export function wantedBy(
  entries: readonly Entry[],
  installs: readonly Pick<StoredInstall, 'application' | 'user' | 'enabled'>[],
): NewWebhook[] {
  return entries.flatMap(({ plan, node }): NewWebhook[] => {
    if (node.kind !== 'webhook') return [];
    const { application, event, parameters = {} } = node.settings;
    const at = { topology: plan.topology, node: node.id, by: 'topology' } as const;
    if (application === undefined || event === undefined)
      return [{ ...at, application: null, event: null, user: NOBODY, parameters: {} }];
    return installs
      .filter((install) => install.enabled && install.application === application)
      .map(({ user }) => ({ ...at, application, event, user, parameters: parameters as Record<string, Json> }));
  });
}
