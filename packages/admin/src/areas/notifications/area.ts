import { IconBell, IconPlus } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const notifications: Area = {
  id: 'notifications',
  label: 'Notifications',
  icon: IconBell,
  group: 'Govern',
  path: '/notifications',
  scope: 'notification:read',
  key: 'n',
  pages: [
    {
      path: '/notifications',
      load: () => import('./notifications-page.tsx').then((module) => module.NotificationsPage),
    },
  ],
  acts: [
    {
      id: 'notification-rule',
      label: 'Be told when something happens',
      icon: IconPlus,
      scope: 'notification:write',
      run: (go) => go('/notifications?rule=new'),
    },
  ],
};
