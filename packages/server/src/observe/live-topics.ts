// What else may have changed for those who watch: each topic has a text that is another one when something of it is.
// Everything is read from memory, so that asking four times a second costs nothing.

import type { Gateway } from '@sluice/gateway';
import type { WorkerRegistry } from '../workers/registry.ts';
import type { WorkerRecords } from './logs.ts';

export interface TopicParts {
  readonly workers: Pick<WorkerRegistry, 'list' | 'installChanges'>;
  readonly workerRecords: Pick<WorkerRecords, 'revision'>;
  readonly gateway: Pick<Gateway, 'trafficRevision'>;
}

export type Topics = Readonly<Record<string, string>>;

export function topicsNow({ workers, workerRecords, gateway }: TopicParts): Topics {
  const states = workers
    .list()
    .map(({ name, health, reason, connections, pausedUntil, manifest }) => [
      name,
      health,
      reason,
      connections,
      pausedUntil,
      manifest?.sdk.version,
      manifest?.actions.length,
      manifest?.applications.length,
    ]);
  return {
    workers: JSON.stringify(states),
    installs: String(workers.installChanges),
    logs: String(workerRecords.revision),
    traffic: gateway.trafficRevision,
  };
}

/** Topics that are not as they were. */
export const changedTopics = (before: Topics, now: Topics): string[] =>
  Object.keys(now).filter((topic) => before[topic] !== now[topic]);
