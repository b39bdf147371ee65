import { IconApps, IconPlugConnected } from '@sluice/icons';
import { api } from '../../frame/api.ts';
import type { Area } from '../../frame/area.ts';

export const applications: Area = {
  id: 'applications',
  label: 'App store',
  icon: IconApps,
  group: 'Integrate',
  path: '/applications',
  scope: 'application:read',
  key: 'a',
  pages: [
    { path: '/applications', load: () => import('./store-page.tsx').then((module) => module.StorePage) },
    { path: '/connections', load: () => import('./connections-page.tsx').then((module) => module.ConnectionsPage) },
    {
      path: '/applications/$key',
      load: () => import('./application-page.tsx').then((module) => module.ApplicationPage),
    },
  ],
  acts: [
    {
      id: 'connections',
      label: 'Connections: whose credentials work',
      icon: IconPlugConnected,
      scope: 'application:read',
      run: (go) => go('/connections'),
    },
  ],
  find: async (text) => {
    const { items } = await api.applications.list();
    return items
      .filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(text.toLowerCase()))
      .map(({ key, name, workers }) => ({
        id: `application-${key}-${workers[0] ?? ''}`,
        label: name,
        description: 'Application',
        icon: IconApps,
        run: (go) => go(`/applications/${key}`),
      }));
  },
};
