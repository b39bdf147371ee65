import { Text } from '@mantine/core';
import type { CallFigures, NodeFigures } from '@sluice/protocol';
import type { Column } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/link.tsx';
import { count, duration } from '../../parts/words.ts';

type Figures = Pick<NodeFigures, 'count' | 'failed' | 'perMinute' | 'p50Ms' | 'p95Ms' | 'longestMs'>;

const rate = (perMinute: number): string =>
  perMinute >= 10 ? count(Math.round(perMinute)) : perMinute >= 0.1 ? perMinute.toFixed(1) : 'under 0.1';

const numbers: readonly Column<Figures>[] = [
  { id: 'p95', header: 'p95', width: '76px', align: 'end', cell: ({ p95Ms }) => <strong>{duration(p95Ms)}</strong> },
  { id: 'p50', header: 'p50', width: '76px', align: 'end', wide: true, cell: ({ p50Ms }) => duration(p50Ms) },
  {
    id: 'longest',
    header: 'Longest',
    width: '80px',
    align: 'end',
    wide: true,
    cell: ({ longestMs }) => duration(longestMs),
  },
  { id: 'rate', header: 'In a minute', width: '84px', align: 'end', cell: ({ perMinute }) => rate(perMinute) },
  { id: 'count', header: 'All', width: '76px', align: 'end', cell: (figures) => count(figures.count) },
  {
    id: 'failed',
    header: 'Failed',
    width: '104px',
    align: 'end',
    cell: (figures) => (
      <Text span size="sm" c={figures.failed === 0 ? 'dimmed' : 'vermilion'}>
        {count(figures.failed)}
        {figures.failed > 0 && ` (${((100 * figures.failed) / figures.count).toFixed(1)} %)`}
      </Text>
    ),
  },
];

export const nodeColumns: readonly Column<NodeFigures>[] = [
  {
    id: 'topology',
    header: 'Topology',
    width: 'minmax(110px, 1fr)',
    cell: ({ topology, version }) => (
      <>
        {topology}{' '}
        <Text span size="xs" c="dimmed">
          v{version}
        </Text>
      </>
    ),
  },
  {
    id: 'node',
    header: 'Node',
    width: 'minmax(110px, 1fr)',
    cell: ({ topology, version, node }) => (
      <PageLink to={`/topologies/${topology}`} search={{ version: String(version), node }} size="sm">
        {node}
      </PageLink>
    ),
  },
  ...numbers,
];

export const callColumns: readonly Column<CallFigures>[] = [
  { id: 'method', header: 'Method', width: '70px', cell: ({ method }) => <code>{method}</code> },
  { id: 'host', header: 'Host', width: 'minmax(120px, 1fr)', cell: ({ host }) => <span title={host}>{host}</span> },
  {
    id: 'path',
    header: 'Path',
    width: 'minmax(120px, 1.6fr)',
    cell: ({ path }) => (
      <span className="mono" title={path}>
        {path}
      </span>
    ),
  },
  ...numbers,
];
