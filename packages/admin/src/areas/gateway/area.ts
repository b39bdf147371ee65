import { IconFileImport, IconPlus, IconRoute2 } from '@sluice/icons';
import { api } from '../../frame/api.ts';
import type { Area } from '../../frame/area.ts';

export const gateway: Area = {
  id: 'gateway',
  label: 'Gateway',
  icon: IconRoute2,
  group: 'Expose',
  path: '/gateway',
  scope: 'gateway:read',
  key: 'y',
  pages: [
    { path: '/gateway', load: () => import('./list-page.tsx').then((module) => module.ListPage) },
    { path: '/gateway/new', load: () => import('./new-page.tsx').then((module) => module.NewPage) },
    { path: '/gateway/import', load: () => import('./import-page.tsx').then((module) => module.ImportPage) },
    { path: '/gateway/routes/$name', load: () => import('./route-page.tsx').then((module) => module.RoutePage) },
  ],
  acts: [
    {
      id: 'route-new',
      label: 'New gateway route',
      icon: IconPlus,
      scope: 'gateway:write',
      run: (go) => go('/gateway/new'),
    },
    {
      id: 'openapi-import',
      label: 'Import an OpenAPI description',
      icon: IconFileImport,
      scope: 'gateway:write',
      run: (go) => go('/gateway/import'),
    },
  ],
  find: async (text) => {
    const { items } = await api.gateway.routes.list();
    return items
      .filter(({ name, definition }) => `${name} ${definition.path}`.toLowerCase().includes(text.toLowerCase()))
      .map(({ name, definition }) => ({
        id: `route-${name}`,
        label: name,
        description: `Route ${definition.methods.join(' ')} ${definition.path}`,
        icon: IconRoute2,
        run: (go) => go(`/gateway/routes/${name}`),
      }));
  },
};
