import { IconUserCheck } from '@tabler/icons-react';
import type { Area } from '../../frame/area.ts';

export const userTasks: Area = {
  id: 'user-tasks',
  label: 'User tasks',
  icon: IconUserCheck,
  group: 'Watch',
  path: '/user-tasks',
  scope: 'message:read',
  key: 'u',
  pages: [{ path: '/user-tasks', load: () => import('./user-tasks-page.tsx').then((module) => module.UserTasksPage) }],
};
