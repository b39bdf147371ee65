import { IconScale } from '@sluice/icons';
import type { Area } from '../../frame/area.ts';
import { useLedger } from '../../frame/ledger.ts';

export const ledger: Area = {
  id: 'ledger',
  label: 'Ledger',
  icon: IconScale,
  group: 'Watch',
  path: '/ledger',
  scope: 'ledger:read',
  key: 'b',
  // Nodes whose books do not balance: a number here is always a fault.
  useCount: () => useLedger(({ nodes }) => nodes.filter(({ balanced }) => !balanced).length).data ?? null,
  pages: [{ path: '/ledger', load: () => import('./ledger-page.tsx').then((module) => module.LedgerPage) }],
};
