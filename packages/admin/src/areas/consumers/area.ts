import { IconKey, IconPlus } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const consumers: Area = {
  id: 'consumers',
  label: 'Consumers',
  icon: IconKey,
  group: 'Expose',
  path: '/consumers',
  scope: 'gateway:read',
  key: 'c',
  pages: [
    { path: '/consumers', load: () => import('./list-page.tsx').then((module) => module.ListPage) },
    { path: '/consumers/$name', load: () => import('./consumer-page.tsx').then((module) => module.ConsumerPage) },
  ],
  acts: [
    {
      id: 'consumer-new',
      label: 'New consumer of the gateway',
      icon: IconPlus,
      scope: 'gateway:write',
      run: (go) => go('/consumers?new=yes'),
    },
  ],
};
