import { IconTicket } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';

export const tokens: Area = {
  id: 'tokens',
  label: 'API tokens',
  icon: IconTicket,
  group: 'Govern',
  path: '/tokens',
  scope: 'token:read',
  key: 'k',
  pages: [{ path: '/tokens', load: () => import('./tokens-page.tsx').then((module) => module.TokensPage) }],
};
