// Columns of processes, wherever they are listed.

import { Text } from '@mantine/core';
import type { ProcessView } from '@sluice/protocol';
import type { Column } from '../../parts/data-table.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { count, duration } from '../../parts/words.ts';

export const COLUMNS: readonly Column<ProcessView>[] = [
  { id: 'status', header: 'Status', width: '104px', cell: ({ status }) => <Status of={status} /> },
  {
    id: 'topology',
    header: 'Topology',
    width: 'minmax(110px, 1.4fr)',
    cell: ({ topology, version }) => (
      <>
        {topology}{' '}
        <Text span c="dimmed" size="xs">
          v{version}
        </Text>
      </>
    ),
  },
  {
    id: 'key',
    header: 'Business key',
    width: 'minmax(90px, 1.2fr)',
    cell: ({ businessKey }) =>
      businessKey ?? (
        <Text span c="dimmed">
          –
        </Text>
      ),
  },
  { id: 'started', header: 'Started', width: '96px', cell: ({ startedAt }) => <Time at={startedAt} /> },
  {
    id: 'took',
    header: 'Took',
    width: '76px',
    align: 'end',
    cell: ({ startedAt, endedAt }) => (endedAt === null ? '…' : duration(endedAt - startedAt)),
  },
  {
    id: 'messages',
    header: 'Messages',
    width: '84px',
    align: 'end',
    cell: ({ done, total }) => `${count(done)} / ${count(total)}`,
  },
  {
    id: 'failed',
    header: 'Failed',
    width: '56px',
    align: 'end',
    cell: ({ failed }) =>
      failed > 0 ? (
        <Text span c="vermilion" fw={600} size="sm">
          {count(failed)}
        </Text>
      ) : (
        <Text span c="dimmed">
          0
        </Text>
      ),
  },
  { id: 'user', header: 'User', width: '100px', cell: ({ user }) => user, wide: true },
  {
    id: 'id',
    header: 'Id',
    width: '124px',
    cell: ({ id }) => (
      <Text span className="mono" c="dimmed" title={id}>
        …{id.slice(-12)}
      </Text>
    ),
    wide: true,
  },
];
