// The way of a process on the canvas of the version that it ran on.

import { Button, Group, Skeleton } from '@mantine/core';
import '@sluice/topology-editor/style.css';
import { IconPlayerPlay } from '@sluice/icons';
import type { StepView } from '@sluice/protocol';
import { TopologyViewer } from '@sluice/topology-editor';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../frame/api.ts';
import { ErrorState } from '../../parts/states.tsx';

export interface WayViewProps {
  readonly topology: string;
  readonly version: number;
  readonly startNode: string;
  readonly steps: readonly StepView[];
  readonly onOpen: (step: StepView) => void;
}

export function WayView({ topology, version, startNode, steps, onOpen }: WayViewProps) {
  const { data, error } = useQuery({
    queryKey: ['topology', topology, version, 'bpmn'],
    queryFn: () => api.topologies.getBpmn(topology, version),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [play, setPlay] = useState<number>();
  const [fault, setFault] = useState<unknown>(null);
  const way = useMemo(
    () => ({
      steps: [startNode, ...new Set(steps.map(({ node }) => node))],
      failed: steps.filter(({ state }) => state === 'trash').map(({ node }) => node),
    }),
    [startNode, steps],
  );
  if (error || fault) return <ErrorState error={error ?? fault} />;
  if (data === undefined) return <Skeleton height={420} />;
  return (
    <>
      <Group mb="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => setPlay((before = 0) => before + 1)}
        >
          Follow the message
        </Button>
      </Group>
      <div className="card" style={{ height: 'max(360px, 100dvh - 320px)', overflow: 'hidden' }}>
        <TopologyViewer
          bpmn={data}
          way={way}
          play={play}
          onFault={setFault}
          onSelect={(node) => {
            const step = steps.findLast((one) => one.node === node);
            if (step) onOpen(step);
          }}
        />
      </div>
    </>
  );
}
