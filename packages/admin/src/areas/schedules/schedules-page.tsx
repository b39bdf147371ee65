// What starts by itself, and when next.

import { HoverCard, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCalendarTime } from '@sluice/icons';
import type { ScheduleView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { toString as cronWords } from 'cronstrue';
import { api } from '../../frame/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { LinkButton } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { duration, moment } from '../../parts/words.ts';

const CATCH_UP = {
  none: 'missed times are left out',
  latest: 'the latest missed time is caught up',
  all: 'all missed times are caught up',
};

function wordsOf(cron: string): string {
  try {
    return cronWords(cron, { use24HourTimeFormat: true, verbose: false });
  } catch {
    return cron;
  }
}

const COLUMNS: readonly Column<ScheduleView>[] = [
  {
    id: 'what',
    header: 'Starts',
    width: 'minmax(160px, 1fr)',
    cell: ({ topology, node }) => (
      <>
        <strong>{topology}</strong> / {node}
      </>
    ),
  },
  { id: 'words', header: 'When', width: 'minmax(180px, 1.8fr)', cell: ({ cron }) => wordsOf(cron) },
  { id: 'cron', header: 'Cron', width: '104px', wide: true, cell: ({ cron }) => <code>{cron}</code> },
  {
    id: 'zone',
    header: 'Time zone',
    width: '116px',
    wide: true,
    cell: ({ timeZone }) => timeZone ?? 'of the platform',
  },
  {
    id: 'next',
    header: 'Next',
    width: '180px',
    cell: ({ nextAt, upcoming }) =>
      nextAt === null ? (
        'never again'
      ) : (
        <HoverCard position="left" withinPortal shadow="md" openDelay={150}>
          <HoverCard.Target>
            <UnstyledButton fz="sm">
              <Time at={nextAt} />{' '}
              <Text span size="xs" c="dimmed">
                in {duration(Math.max(0, nextAt - Date.now()))}
              </Text>
            </UnstyledButton>
          </HoverCard.Target>
          <HoverCard.Dropdown>
            <Stack gap={2}>
              {upcoming.map((at) => (
                <Text key={at} size="sm">
                  {moment(at)}
                </Text>
              ))}
            </Stack>
          </HoverCard.Dropdown>
        </HoverCard>
      ),
  },
  {
    id: 'last',
    header: 'Last',
    width: '96px',
    cell: ({ lastAt }) => (lastAt === null ? 'not yet' : <Time at={lastAt} />),
  },
  {
    id: 'missed',
    header: 'When nothing ran',
    width: 'minmax(160px, 1fr)',
    wide: true,
    cell: ({ catchUp }) => CATCH_UP[catchUp],
  },
];

export function SchedulesPage() {
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['schedules'], queryFn: () => api.schedules() });
  const rows = [...(data?.items ?? [])].sort(
    (a, b) => (a.nextAt ?? Number.POSITIVE_INFINITY) - (b.nextAt ?? Number.POSITIVE_INFINITY),
  );
  return (
    <Page title="Schedules" fill description="What starts by itself, the next one first.">
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Schedules"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ topology, node }) => `${topology}/${node}`}
          loading={isPending}
          onOpen={({ topology }) => void navigate({ to: `/topologies/${topology}` })}
          empty={
            <EmptyState
              icon={IconCalendarTime}
              title="Nothing starts by itself"
              action={<LinkButton to="/topologies">To the topologies</LinkButton>}
            >
              A cron node starts its topology at the times it names, as long as the topology is enabled.
            </EmptyState>
          }
        />
      )}
    </Page>
  );
}
