import type { Area } from '../../frame/area.ts';
import { useLedger } from '../../frame/ledger.ts';
import { TASKS, TRASH } from './kinds.ts';

export const trash: Area = {
  id: 'trash',
  label: TRASH.label,
  icon: TRASH.icon,
  group: 'Watch',
  path: '/trash',
  scope: 'message:read',
  key: 't',
  useCount: () => useLedger(({ trash }) => trash).data ?? null,
  pages: [{ path: '/trash', load: () => import('./waiting-page.tsx').then((module) => module.TrashPage) }],
};

export const userTasks: Area = {
  id: 'user-tasks',
  label: TASKS.label,
  icon: TASKS.icon,
  group: 'Watch',
  path: '/user-tasks',
  scope: 'message:read',
  key: 'u',
  useCount: () => useLedger(({ held }) => held).data ?? null,
  pages: [{ path: '/user-tasks', load: () => import('./waiting-page.tsx').then((module) => module.TasksPage) }],
};
