import { IconSettings } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const settings: Area = {
  id: 'settings',
  label: 'Settings',
  icon: IconSettings,
  group: 'Govern',
  path: '/settings',
  scope: 'topology:read',
  pages: [{ path: '/settings', load: () => import('./settings-page.tsx').then((module) => module.SettingsPage) }],
};
