import { IconPlus, IconServer } from '@sluice/icons';
import { api } from '../../frame/api.ts';
import type { Area } from '../../frame/area.ts';

export const workers: Area = {
  id: 'workers',
  label: 'Workers',
  icon: IconServer,
  group: 'Integrate',
  path: '/workers',
  scope: 'worker:read',
  key: 'w',
  pages: [
    { path: '/workers', load: () => import('./list-page.tsx').then((module) => module.ListPage) },
    { path: '/workers/$name', load: () => import('./worker-page.tsx').then((module) => module.WorkerPage) },
  ],
  acts: [
    {
      id: 'worker-register',
      label: 'Register a worker',
      icon: IconPlus,
      scope: 'worker:write',
      run: (go) => go('/workers?register=link'),
    },
  ],
  find: async (text) => {
    const { items } = await api.workers.list();
    return items
      .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
      .map(({ name, transport }) => ({
        id: `worker-${name}`,
        label: name,
        description: `Worker, by ${transport}`,
        icon: IconServer,
        run: (go) => go(`/workers/${encodeURIComponent(name)}`),
      }));
  },
};
