import { IconCalendarTime } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const schedules: Area = {
  id: 'schedules',
  label: 'Schedules',
  icon: IconCalendarTime,
  group: 'Watch',
  path: '/schedules',
  scope: 'topology:read',
  key: 's',
  pages: [{ path: '/schedules', load: () => import('./schedules-page.tsx').then((module) => module.SchedulesPage) }],
};
