// What an application brings along: the actions of the workers that have its code.

import {
  type Action,
  type ApplicationView,
  CATEGORIES,
  type InstallView,
  type OfWorker,
  type WorkerView,
} from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';

export interface OfferedAction extends Action {
  readonly worker: string;
}

export function offeredBy(application: ApplicationView, workers: readonly WorkerView[]): OfferedAction[] {
  const seen = new Map<string, OfferedAction>();
  for (const { name: worker, manifest } of workers) {
    if (!application.workers.includes(worker)) continue;
    for (const action of manifest?.actions ?? [])
      if (action.application === application.key) seen.set(`${action.kind} ${action.name}`, { ...action, worker });
  }
  return [...seen.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Name and version of the SDK of every worker that has its code: several, while replicas are being replaced. */
export function sdksOf({ workers: own }: ApplicationView, workers: readonly WorkerView[]): string[] {
  const sdks = workers.flatMap(({ name, manifest }) => (manifest && own.includes(name) ? [manifest.sdk] : []));
  return [...new Set(sdks.map(({ name, version }) => `${name} ${version}`))];
}

export function useWorkers(): readonly WorkerView[] {
  const may = useMay('worker:read');
  return useQuery({ queryKey: ['workers'], queryFn: () => api.workers.list(), enabled: may }).data?.items ?? [];
}

/** Of which of several applications of one key calls are. */
export const ofWorker = ({ existing, workers }: ApplicationView): OfWorker =>
  existing && workers[0] !== undefined ? { worker: workers[0] } : {};

/** How far an install is: what it lacks stands in `problems` and `authorised`. */
export type Readiness = 'ready' | 'off' | 'incomplete' | 'unauthorised' | 'broken';

export function readinessOf({ enabled, authorised, problems }: InstallView): Readiness {
  if (Object.keys(problems).length > 0) return 'incomplete';
  if (authorised === 'broken') return 'broken';
  if (authorised === 'no') return 'unauthorised';
  return enabled ? 'ready' : 'off';
}

export const READINESS: Readonly<Record<Readiness, { readonly label: string; readonly tone: string }>> = {
  ready: { label: 'ready', tone: 'up' },
  off: { label: 'disabled', tone: 'disabled' },
  incomplete: { label: 'to be filled in', tone: 'held' },
  unauthorised: { label: 'to be authorised', tone: 'held' },
  broken: { label: 'authorise again', tone: 'failed' },
};

/** A category in words; one that a newer package names is shown as it is. */
export const categoryLabel = (category: string): string =>
  (CATEGORIES as Readonly<Record<string, string>>)[category] ?? category;
/** The install that needs somebody most stands first, and for all of an application. */
export const URGENCY: readonly Readiness[] = ['broken', 'unauthorised', 'incomplete', 'off', 'ready'];

/** Why an install is not ready, in words; nothing when it is. */
export const becauseOf = ({ reason, problems }: InstallView): string => reason ?? Object.values(problems)[0] ?? '';

const SOON_MS = 86_400_000;

/** Its token has ended, or does within a day. */
export const endsSoon = ({ tokenExpiresAt }: InstallView, now = Date.now()): boolean =>
  tokenExpiresAt !== null && tokenExpiresAt < now + SOON_MS;
