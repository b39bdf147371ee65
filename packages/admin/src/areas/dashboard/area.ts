import { IconGauge } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const dashboard: Area = {
  id: 'dashboard',
  label: 'Dashboard',
  icon: IconGauge,
  group: 'Watch',
  path: '/dashboard',
  scope: 'process:read',
  key: 'd',
  pages: [{ path: '/dashboard', load: () => import('./dashboard-page.tsx').then((module) => module.DashboardPage) }],
};
