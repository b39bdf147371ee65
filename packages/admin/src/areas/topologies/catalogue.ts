// What nodes can be bound to, as the editor wants to know it: from the manifests of the workers.

import type { Catalogue } from '@sluice/topology-editor';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';

export function useCatalogue(): Catalogue {
  const workers = useQuery({
    queryKey: ['workers'],
    queryFn: () => api.workers.list(),
    enabled: useMay('worker:read'),
  });
  const versions = useQuery({ queryKey: ['topologies'], queryFn: () => api.topologies.list() });
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () => api.applications.list(),
    enabled: useMay('application:read'),
  });
  return useMemo(
    () => ({
      workers: (workers.data?.items ?? []).map(({ name, health, manifest }) => ({
        name,
        up: health === 'up',
        actions: (manifest?.actions ?? []).map(({ input, output, ...action }) => ({
          ...action,
          inputSchema: input,
          outputSchema: output,
        })),
      })),
      topologies: [...new Set(versions.data?.items.map(({ name }) => name))].map((name) => ({ name })),
      applications: (applications.data?.items ?? []).map(({ key, name, webhooks }) => ({
        key,
        name,
        events: webhooks?.map((event) => event.name),
      })),
    }),
    [workers.data, versions.data, applications.data],
  );
}
