import { IconTrash } from '@tabler/icons-react';
import type { Area } from '../../frame/area.ts';

export const trash: Area = {
  id: 'trash',
  label: 'Trash',
  icon: IconTrash,
  group: 'Watch',
  path: '/trash',
  scope: 'message:read',
  key: 't',
  pages: [{ path: '/trash', load: () => import('./trash-page.tsx').then((module) => module.TrashPage) }],
};
