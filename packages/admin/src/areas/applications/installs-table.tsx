// Who has the application, and how far each is.

import { IconUsers } from '@sluice/icons';
import type { InstallView } from '@sluice/protocol';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { becauseOf, READINESS, readinessOf } from './offer.ts';

const COLUMNS: readonly Column<InstallView>[] = [
  { id: 'user', header: 'User', width: 'minmax(140px, 1fr)', cell: ({ user }) => <strong>{user}</strong> },
  {
    id: 'state',
    header: 'State',
    width: '150px',
    cell: (install) => {
      const { tone, label } = READINESS[readinessOf(install)];
      return <Status of={tone} label={label} />;
    },
  },
  {
    id: 'why',
    header: 'Because',
    width: 'minmax(160px, 2fr)',
    cell: becauseOf,
  },
  {
    id: 'token',
    header: 'Token ends',
    width: '130px',
    wide: true,
    cell: ({ tokenExpiresAt }) => (tokenExpiresAt === null ? '·' : <Time at={tokenExpiresAt} />),
  },
  { id: 'changed', header: 'Changed', width: '130px', cell: ({ changedAt }) => <Time at={changedAt} /> },
];

export interface InstallsTableProps {
  readonly installs: readonly InstallView[] | undefined;
  readonly onOpen: (user: string) => void;
}

export function InstallsTable({ installs, onOpen }: InstallsTableProps) {
  return (
    <DataTable
      label="Installs"
      columns={COLUMNS}
      rows={installs ?? []}
      loading={installs === undefined}
      keyOf={({ user }) => user}
      onOpen={({ user }) => onOpen(user)}
      empty={
        <EmptyState icon={IconUsers} title="Nobody has it yet">
          Install it for a user: whatever runs for this user then goes out with its credentials.
        </EmptyState>
      }
    />
  );
}
