import type { LedgerView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../frame/api.ts';
import { useLedger } from '../../frame/ledger.ts';

export type NodeEntry = LedgerView['nodes'][number];

/** What is at the nodes of a version now; it changes by itself. */
export function useNodeEntries(name: string, version: number): readonly NodeEntry[] {
  const { data } = useLedger(({ nodes }) => nodes.filter((node) => node.topology === name && node.version === version));
  return data ?? [];
}

/** Nodes at which arriving messages are held. */
export function useBreakpoints(name: string): ReadonlySet<string> {
  const { data } = useQuery({ queryKey: ['breakpoints'], queryFn: () => api.breakpoints.list() });
  return useMemo(
    () => new Set(data?.items.filter(({ topology }) => topology === name).map(({ node }) => node)),
    [data, name],
  );
}
