import { IconDroplet } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const limits: Area = {
  id: 'limits',
  label: 'Limits',
  icon: IconDroplet,
  group: 'Watch',
  path: '/limits',
  scope: 'metrics:read',
  key: 'i',
  pages: [{ path: '/limits', load: () => import('./limits-page.tsx').then((module) => module.LimitsPage) }],
};
