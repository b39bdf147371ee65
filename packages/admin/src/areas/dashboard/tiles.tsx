// The numbers at the top. Each looks at no more than it shows, so that one that changes leaves the others as they are.

import { SimpleGrid } from '@mantine/core';
import type { LedgerView, Range } from '@sluice/protocol';
import { useLedger } from '../../frame/ledger.ts';
import { duration, short } from '../../parts/words.ts';
import { type Totals, totalsOf } from './series.ts';
import { useStatistics } from './statistics.ts';
import { Tile, type TileProps } from './tile.tsx';

type Words = Pick<TileProps, 'value' | 'note' | 'tone'>;

const ended = {
  running: ({ running }) => ({ value: short(running) }),
  completed: ({ completed, meanMs }) => ({
    value: short(completed),
    note: meanMs === null ? undefined : `${duration(meanMs)} on average`,
  }),
  failed: ({ completed, failed }) => ({
    value: short(failed),
    tone: failed > 0 ? 'bad' : undefined,
    note:
      completed + failed === 0 ? undefined : `${((100 * failed) / (completed + failed)).toFixed(1)} % of what ended`,
  }),
} satisfies Record<string, (totals: Totals) => Words>;

const places = {
  queues: ({ queued, leased, delayed, limited }) => ({
    value: short(queued + leased),
    note: delayed + limited > 0 ? `and ${short(delayed + limited)} that wait` : undefined,
  }),
  trash: ({ trash }) => ({ value: short(trash), tone: trash > 0 ? 'bad' : undefined }),
  people: ({ held }) => ({ value: short(held), tone: held > 0 ? 'wait' : undefined }),
} satisfies Record<string, (ledger: LedgerView) => Words>;

type Place = Omit<TileProps, keyof Words>;

function EndedTile({ of, range, ...place }: Place & { readonly of: (totals: Totals) => Words; readonly range: Range }) {
  const { data } = useStatistics(range, (view) => of(totalsOf(view)));
  return <Tile {...place} {...(data ?? { value: '–' })} />;
}

function PlaceTile({ of, ...place }: Place & { readonly of: (ledger: LedgerView) => Words }) {
  const { data } = useLedger(of);
  return <Tile {...place} {...(data ?? { value: '–' })} />;
}

export function Tiles({ range }: { readonly range: Range }) {
  const search = (status: string) => ({ status, ...(status === 'running' ? {} : { since: range }) });
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      <EndedTile label="Running" of={ended.running} range={range} to="/processes" search={search('running')} />
      <EndedTile label="Completed" of={ended.completed} range={range} to="/processes" search={search('completed')} />
      <EndedTile label="Failed" of={ended.failed} range={range} to="/processes" search={search('failed')} />
      <PlaceTile label="In queues" of={places.queues} to="/topologies" />
      <PlaceTile label="In trash" of={places.trash} to="/trash" />
      <PlaceTile label="For people" of={places.people} to="/user-tasks" />
    </SimpleGrid>
  );
}
