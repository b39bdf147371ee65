// In a bulk act: the version on which what matches goes on, and what that means for each node.

import { Select, Stack, Table, Text } from '@mantine/core';
import type { BulkAnswer } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../frame/api.ts';
import { count } from './words.ts';

export interface ToVersion {
  readonly toVersion: number;
  /** What nodes are called there, where it is another name. */
  readonly nodes: Readonly<Record<string, string>>;
}

export interface ToVersionProps {
  /** The one topology that all which matches is of; undefined: several. */
  readonly topology: string | undefined;
  /** What happens without a choice: "Their own versions, in their processes". */
  readonly own: string;
  readonly chosen: ToVersion | null;
  readonly onChoose: (chosen: ToVersion | null) => void;
  readonly foreseen: BulkAnswer['foreseen'];
  /** Nodes may be renamed: another one takes the place of one that is not there. */
  readonly renames?: boolean;
}

interface NodeLike {
  readonly id: string;
}
interface ConnectionLike {
  readonly to: string;
}

export function ToVersionChoice(props: ToVersionProps) {
  const { topology, own, chosen, onChoose, foreseen, renames = false } = props;
  const versions = useQuery({ queryKey: ['topologies'], queryFn: () => api.topologies.list() }).data?.items ?? [];
  const published = versions
    .filter(({ name, state }) => name === topology && state !== 'draft')
    .sort((a, b) => b.version - a.version);
  const model = useQuery({
    queryKey: ['topologies', topology, 'model', chosen?.toVersion],
    queryFn: () => api.topologies.get(topology!, chosen!.toVersion),
    enabled: renames && topology !== undefined && chosen !== null,
  }).data;
  if (topology === undefined)
    return (
      <Text size="sm" c="dimmed">
        To go on with another version, choose one topology first: versions are those of a topology.
      </Text>
    );
  if (published.length < 2) return null;
  // What takes messages has something that leads to it.
  const taking = new Set(((model?.['connections'] ?? []) as readonly ConnectionLike[]).map(({ to }) => to));
  const nodes = ((model?.['nodes'] ?? []) as readonly NodeLike[]).map(({ id }) => id).filter((id) => taking.has(id));
  return (
    <Stack gap="sm">
      <Select
        label="Version"
        allowDeselect={false}
        data={[
          { value: '', label: own },
          ...published.map(({ version, state }) => ({
            value: String(version),
            label: `Version ${version}, ${state}: as new processes`,
          })),
        ]}
        value={String(chosen?.toVersion ?? '')}
        onChange={(value) => onChoose(value ? { toVersion: Number(value), nodes: {} } : null)}
      />
      {chosen && foreseen && (
        <Table aria-label="What would change" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="end" w={80}>
                Count
              </Table.Th>
              <Table.Th>From</Table.Th>
              <Table.Th w="55%">To version {chosen.toVersion}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {foreseen.map(({ version, node, count: many, to }) => (
              <Table.Tr key={`${version}/${node}`}>
                <Table.Td ta="end">{count(many)}</Table.Td>
                <Table.Td>
                  {node}{' '}
                  <Text span c="dimmed" size="xs">
                    v{version}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {renames ? (
                    <Select
                      size="xs"
                      aria-label={`Node for ${node} of version ${version}`}
                      placeholder={`There is no “${node}”: they stay`}
                      searchable
                      data={nodes}
                      value={to}
                      onChange={(value) => {
                        const { [node]: _, ...others } = chosen.nodes;
                        onChoose({ ...chosen, nodes: value ? { ...others, [node]: value } : others });
                      }}
                    />
                  ) : (
                    (to ?? (
                      <Text span size="sm" c="dimmed">
                        There is no “{node}”: they stay as they are
                      </Text>
                    ))
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
