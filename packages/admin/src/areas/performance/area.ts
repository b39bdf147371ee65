import { IconActivity } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const performance: Area = {
  id: 'performance',
  label: 'Performance',
  icon: IconActivity,
  group: 'Watch',
  path: '/performance',
  scope: 'metrics:read',
  key: 'f',
  pages: [
    { path: '/performance', load: () => import('./performance-page.tsx').then((module) => module.PerformancePage) },
  ],
};
