import { IconFileText } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const logs: Area = {
  id: 'logs',
  label: 'Logs',
  icon: IconFileText,
  group: 'Watch',
  path: '/logs',
  scope: 'log:read',
  key: 'l',
  pages: [{ path: '/logs', load: () => import('./logs-page.tsx').then((module) => module.LogsPage) }],
};
