// The nodes of a version as a table, with what is at each now.

import { Text } from '@mantine/core';
import { IconSitemap } from '@sluice/icons';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { short } from '../../parts/words.ts';
import { type NodeEntry, useNodeEntries } from './node-counts.ts';

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly worker: string;
  readonly action: string;
  readonly entry: NodeEntry | undefined;
}

const numbers = (
  [
    ['queued', 'Queued'],
    ['leased', 'In work'],
    ['delayed', 'Delayed'],
    ['limited', 'Limited'],
    ['held', 'Held'],
    ['trash', 'Trash'],
    ['finished', 'Finished'],
  ] as const
).map(
  ([key, header]): Column<Row> => ({
    id: key,
    header,
    width: '72px',
    align: 'end',
    cell: ({ entry }) => {
      const value = entry?.[key] ?? 0;
      return (
        <Text span size="sm" c={value === 0 ? 'dimmed' : key === 'trash' ? 'vermilion' : undefined}>
          {short(value)}
        </Text>
      );
    },
  }),
);

const COLUMNS: readonly Column<Row>[] = [
  { id: 'node', header: 'Node', width: 'minmax(130px, 1.4fr)', cell: ({ id }) => <strong>{id}</strong> },
  { id: 'kind', header: 'Kind', width: '92px', cell: ({ kind }) => kind },
  {
    id: 'action',
    header: 'Worker / action',
    width: 'minmax(150px, 2fr)',
    wide: true,
    cell: ({ worker, action }) =>
      worker === '' ? (
        <Text span c="dimmed">
          –
        </Text>
      ) : (
        `${worker} / ${action}`
      ),
  },
  ...numbers,
];

export interface NodesTableProps {
  readonly name: string;
  readonly version: number;
  readonly model: Readonly<Record<string, unknown>> | undefined;
}

export function NodesTable({ name, version, model }: NodesTableProps) {
  const entries = useNodeEntries(name, version);
  const nodes = (model?.nodes ?? []) as readonly { id: string; kind: string; worker?: string; action?: string }[];
  const rows = nodes.map(({ id, kind, worker = '', action = '' }) => ({
    id,
    kind,
    worker,
    action,
    entry: entries.find(({ node }) => node === id),
  }));
  return (
    <DataTable
      label="Nodes"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ id }) => id}
      loading={model === undefined}
      empty={<EmptyState icon={IconSitemap} title="It has no nodes yet" />}
    />
  );
}
