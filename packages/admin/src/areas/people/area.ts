import { IconUsers } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const people: Area = {
  id: 'people',
  label: 'People',
  icon: IconUsers,
  group: 'Govern',
  path: '/people',
  scope: 'user:read',
  key: 'e',
  pages: [{ path: '/people', load: () => import('./people-page.tsx').then((module) => module.PeoplePage) }],
};
