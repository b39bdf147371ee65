import { Skeleton } from '@mantine/core';
import '@sluice/topology-editor/style.css';
import { TopologyViewer } from '@sluice/topology-editor';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { ErrorState } from '../../parts/states.tsx';

export interface DifferenceProps {
  readonly name: string;
  readonly version: number;
  readonly before: number;
}

export function Difference({ name, version, before }: DifferenceProps) {
  const [fault, setFault] = useState<unknown>(null);
  const [now, old] = useQueries({
    queries: [version, before].map((one) => ({
      queryKey: ['topology', name, one, 'bpmn'],
      queryFn: () => api.topologies.getBpmn(name, one),
    })),
  });
  const wrong = now?.error ?? old?.error ?? fault;
  if (wrong) return <ErrorState error={wrong} />;
  if (now?.data === undefined || old?.data === undefined) return <Skeleton height={420} mt="md" />;
  return (
    <div className="card" style={{ height: 460, overflow: 'hidden', marginTop: 16 }}>
      <TopologyViewer bpmn={now.data} before={old.data} onFault={setFault} />
    </div>
  );
}
