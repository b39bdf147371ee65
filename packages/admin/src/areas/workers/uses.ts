// Which nodes of which topologies a worker serves.

import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';

export interface Use {
  readonly topology: string;
  readonly version: number;
  readonly enabled: boolean;
  readonly nodes: readonly string[];
}

interface NodeLike {
  readonly id: string;
  readonly worker?: string | null;
}

async function usesOf(worker: string): Promise<Use[]> {
  const { items } = await api.topologies.list();
  // The enabled version of each, else its newest.
  const chosen = new Map<string, (typeof items)[number]>();
  for (const one of items) {
    const before = chosen.get(one.name);
    const better = !before || (before.state !== 'enabled' && (one.state === 'enabled' || one.version > before.version));
    if (better) chosen.set(one.name, one);
  }
  const uses = await Promise.all(
    [...chosen.values()].map(async ({ name, version, state }) => {
      const model = await api.topologies.get(name, version);
      const nodes = (model.nodes as readonly NodeLike[]).filter((node) => node.worker === worker);
      return { topology: name, version, enabled: state === 'enabled', nodes: nodes.map(({ id }) => id) };
    }),
  );
  return uses.filter(({ nodes }) => nodes.length > 0).sort((a, b) => a.topology.localeCompare(b.topology));
}

export function useUses(worker: string) {
  const may = useMay('topology:read');
  return useQuery({ queryKey: ['topologies', 'uses', worker], queryFn: () => usesOf(worker), enabled: may });
}
