// The stream of changes: one connection per page. What it brings marks the queries it concerns as old, at most once a
// second; those on the screen are then asked again. Nothing here asks at intervals.

import { ApiError, type LiveChange } from '@sluice/client';
import type { LedgerView } from '@sluice/protocol';
import { type Query, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from './api.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      // What was refused is refused again; what could not be reached may be there in a moment.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status > 0 && error.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
});

/** `closing`: the platform said that it stops. `lost`: it does not answer. */
export type LiveState = 'connecting' | 'live' | 'closing' | 'lost';

/** First part of the keys of queries that a change concerns. */
const CONCERNS: Readonly<Record<string, readonly string[]>> = {
  'process.completed': ['processes', 'process', 'statistics'],
  'process.failed': ['processes', 'process', 'statistics'],
  'process.cancelled': ['processes', 'process', 'statistics', 'trash', 'user-tasks'],
  'message.trashed': ['trash', 'process', 'processes', 'statistics'],
  'message.held': ['user-tasks', 'stopped', 'process'],
};
/** Counts change with every message: running processes and what waits are among them. */
const COUNTED = [
  'processes',
  'process',
  'trash',
  'user-tasks',
  'stopped',
  'webhooks',
  'limits',
  'schedules',
  'figures',
  'notifications',
];
/** What else the platform says has changed: applications come and go with the workers that offer them. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  workers: ['workers', 'applications', 'installs'],
  installs: ['installs', 'webhooks'],
  logs: ['logs'],
  traffic: ['traffic'],
};
/** A list of more pages than this is not asked again by itself. */
export const FAR_DOWN = 4;
const SETTLE_MS = 700;
/** For so many times as long as the answers took nothing is asked again. */
const REST_OF_ASKING = 4;
const FIRST_WAIT_MS = 400;
const MOST_WAIT_MS = 5_000;

let state: LiveState = 'connecting';
let last: number | undefined;
const watchers = new Set<() => void>();
const marked = new Set<string>();
let settling = false;

function become(next: LiveState): void {
  if (next === state) return;
  const back = next === 'live' && (state === 'lost' || state === 'closing');
  state = next;
  for (const watcher of watchers) watcher();
  if (back) void queryClient.invalidateQueries();
}

function mark(keys: readonly string[]): void {
  for (const key of keys) marked.add(key);
  if (settling) return;
  settling = true;
  setTimeout(() => void settle(), SETTLE_MS);
}

async function settle(): Promise<void> {
  const keys = new Set(marked);
  marked.clear();
  const concerned = ({ queryKey }: Query): boolean => keys.has(String(queryKey[0]));
  const far = ({ state }: Query): boolean =>
    ((state.data as { pages?: readonly unknown[] } | undefined)?.pages?.length ?? 0) > FAR_DOWN;
  void queryClient.invalidateQueries({ predicate: (query) => concerned(query) && far(query), refetchType: 'none' });
  const began = performance.now();
  await queryClient.invalidateQueries({ predicate: (query) => concerned(query) && !far(query) });
  // Under load answers take long: asking must not become a part of the load.
  const rest = REST_OF_ASKING * (performance.now() - began) - SETTLE_MS;
  if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
  settling = false;
  if (marked.size > 0) mark([]);
}

function take(change: LiveChange): void {
  switch (change.kind) {
    case 'open':
      become('live');
      break;
    case 'closing':
      become('closing');
      break;
    case 'counts':
      queryClient.setQueryData<LedgerView>(['ledger'], change.ledger);
      mark(COUNTED);
      break;
    case 'changed':
      mark(change.topics.flatMap((topic) => TOPICS[topic] ?? []));
      break;
    case 'event':
      last = change.event.seq;
      mark(CONCERNS[change.event.type] ?? []);
  }
}

/** Keep the stream open until the signal aborts. */
export async function keepLive(signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      for await (const change of api.events({ after: last, signal })) {
        wait = FIRST_WAIT_MS;
        take(change);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) {
        await queryClient.invalidateQueries({ queryKey: ['session'] });
        return;
      }
      if (!(error instanceof ApiError)) throw error;
    }
    if (signal.aborted) return;
    if (state !== 'closing') become('lost');
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, MOST_WAIT_MS);
  }
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
  );
}
