import { IconRoute } from '@sluice/icons';
import { api } from '../../frame/api.ts';
import type { Area } from '../../frame/area.ts';

/** Ids of processes are UUIDs: what looks like the whole of one is looked up. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const processes: Area = {
  id: 'processes',
  label: 'Processes',
  icon: IconRoute,
  group: 'Watch',
  path: '/processes',
  scope: 'process:read',
  key: 'p',
  pages: [
    { path: '/processes', load: () => import('./list-page.tsx').then((module) => module.ListPage) },
    { path: '/processes/$id', load: () => import('./process-page.tsx').then((module) => module.ProcessPage) },
  ],
  async find(text) {
    const found = ID.test(text)
      ? [await api.processes.get(text.toLowerCase())]
      : (await api.processes.list({ businessKey: text, limit: 5 })).items;
    return found.map(({ id, topology, status, businessKey }) => ({
      id: `process-${id}`,
      label: businessKey ?? id,
      description: `Process of ${topology}, ${status}`,
      icon: IconRoute,
      run: (go) => go(`/processes/${id}`),
    }));
  },
};
