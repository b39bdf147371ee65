import { IconSitemap } from '@tabler/icons-react';
import type { Area } from '../../frame/area.ts';

export const topologies: Area = {
  id: 'topologies',
  label: 'Topologies',
  icon: IconSitemap,
  group: 'Build',
  path: '/topologies',
  scope: 'topology:read',
  key: 'o',
  pages: [{ path: '/topologies', load: () => import('./topologies-page.tsx').then((module) => module.TopologiesPage) }],
};
