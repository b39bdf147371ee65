import { IconFileImport, IconPlus, IconSitemap } from '@sluice/icons';
import { api } from '../../frame/api.ts';
import type { Area } from '../../frame/area.ts';
import { queryClient } from '../../frame/live.ts';

export const topologies: Area = {
  id: 'topologies',
  label: 'Topologies',
  icon: IconSitemap,
  group: 'Build',
  path: '/topologies',
  scope: 'topology:read',
  key: 'o',
  pages: [
    { path: '/topologies', load: () => import('./list-page.tsx').then((module) => module.ListPage) },
    { path: '/topologies/$name', load: () => import('./topology-page.tsx').then((module) => module.TopologyPage) },
    { path: '/topologies/$name/edit', load: () => import('./edit-page.tsx').then((module) => module.EditPage) },
  ],
  acts: [
    {
      id: 'topology-new',
      label: 'Draw a new topology',
      icon: IconPlus,
      scope: 'topology:write',
      run: (go) => go('/topologies?open=new'),
    },
    {
      id: 'topology-import',
      label: 'Import a topology (BPMN, JSON, .tplg)',
      icon: IconFileImport,
      scope: 'topology:write',
      run: (go) => go('/topologies?open=import'),
    },
  ],
  async find(text) {
    const { items } = await queryClient.fetchQuery({
      queryKey: ['topologies'],
      queryFn: () => api.topologies.list(),
      staleTime: 10_000,
    });
    const names = [...new Set(items.map(({ name }) => name))];
    return names
      .filter((name) => name.includes(text.toLowerCase()))
      .map((name) => ({
        id: `topology-${name}`,
        label: name,
        description: 'Topology',
        icon: IconSitemap,
        run: (go) => go(`/topologies/${name}`),
      }));
  },
};
