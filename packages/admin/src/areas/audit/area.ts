import { IconHistory } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const audit: Area = {
  id: 'audit',
  label: 'Audit log',
  icon: IconHistory,
  group: 'Govern',
  path: '/audit',
  scope: 'audit:read',
  key: 'x',
  pages: [{ path: '/audit', load: () => import('./audit-page.tsx').then((module) => module.AuditPage) }],
};
