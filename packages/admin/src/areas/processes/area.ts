import { IconRoute } from '@tabler/icons-react';
import type { Area } from '../../frame/area.ts';

export const processes: Area = {
  id: 'processes',
  label: 'Processes',
  icon: IconRoute,
  group: 'Watch',
  path: '/processes',
  scope: 'process:read',
  key: 'p',
  pages: [{ path: '/processes', load: () => import('./processes-page.tsx').then((module) => module.ProcessesPage) }],
};
