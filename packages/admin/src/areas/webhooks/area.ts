import { IconPlus, IconWebhook } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const webhooks: Area = {
  id: 'webhooks',
  label: 'Webhooks',
  icon: IconWebhook,
  group: 'Integrate',
  path: '/webhooks',
  scope: 'webhook:read',
  key: 'h',
  pages: [{ path: '/webhooks', load: () => import('./list-page.tsx').then((module) => module.ListPage) }],
  acts: [
    {
      id: 'webhook-subscribe',
      label: 'Subscribe to an event',
      icon: IconPlus,
      scope: 'webhook:write',
      run: (go) => go('/webhooks?subscribe=any'),
    },
  ],
};
