// Where a message of trash goes on: on its own version, or on another one in which the fault is mended.

import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';

export interface Chosen {
  readonly toVersion: number;
  /** Null until one is chosen, where the other version has no node of the same name. */
  readonly node: string | null;
}

export interface DestinationProps {
  readonly messageId: string;
  readonly version: number;
  readonly node: string;
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen | null) => void;
}

export function Destination({ messageId, version, node, chosen, onChoose }: DestinationProps) {
  const { data } = useQuery({
    queryKey: ['trash', 'destinations', messageId],
    queryFn: () => api.trash.destinations(messageId),
  });
  const others = data?.items ?? [];
  if (others.length === 0) return null;
  const there = others.find((one) => one.version === chosen?.toVersion);
  return (
    <Group align="flex-start" grow>
      <Select
        label="Goes on with"
        allowDeselect={false}
        data={[
          { value: String(version), label: `version ${version}, in its process` },
          ...others.map((one) => ({ value: String(one.version), label: `version ${one.version}, as a new process` })),
        ]}
        value={String(chosen?.toVersion ?? version)}
        onChange={(value) => {
          const other = others.find((one) => String(one.version) === value);
          onChoose(other ? { toVersion: other.version, node: other.node } : null);
        }}
      />
      {there && (
        <Select
          label="At the node"
          description={
            there.node === null
              ? `Version ${there.version} has no node “${node}”: say which takes its place.`
              : undefined
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          searchable
          allowDeselect={false}
          placeholder="Choose a node"
          data={[...there.nodes]}
          value={chosen?.node ?? null}
          onChange={(value) => onChoose({ toVersion: there.version, node: value })}
        />
      )}
    </Group>
  );
}
