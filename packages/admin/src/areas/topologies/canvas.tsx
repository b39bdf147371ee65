// The picture of a version with live counts; a chosen node tells more beside it.

import { Skeleton } from '@mantine/core';
import '@sluice/topology-editor/style.css';
import { TopologyViewer } from '@sluice/topology-editor';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../frame/api.ts';
import { ErrorState } from '../../parts/states.tsx';
import styles from './canvas.module.css';
import { useBreakpoints, useNodeEntries } from './node-counts.ts';
import { NodePanel } from './node-panel.tsx';

export interface CanvasProps {
  readonly name: string;
  readonly version: number;
  readonly selected: string | undefined;
  readonly onSelect: (node: string | null) => void;
}

export function Canvas({ name, version, selected, onSelect }: CanvasProps) {
  const { data, error } = useQuery({
    queryKey: ['topology', name, version, 'bpmn'],
    queryFn: () => api.topologies.getBpmn(name, version),
  });
  const [fault, setFault] = useState<unknown>(null);
  const entries = useNodeEntries(name, version);
  const breakpoints = useBreakpoints(name);
  const text = JSON.stringify(
    Object.fromEntries(
      entries.map(({ node, queued, leased, delayed, limited, held, trash }) => [
        node,
        { queued, inFlight: leased, delayed, limited, held, trash },
      ]),
    ),
  );
  // Drawn anew only when a number changes, not with every look at the ledger.
  const overlays = useMemo(() => JSON.parse(text), [text]);
  if (error || fault) return <ErrorState error={error ?? fault} />;
  if (data === undefined) return <Skeleton height="100%" />;
  return (
    <div className={styles.split} data-open={selected !== undefined}>
      <div className={`card ${styles.canvas}`}>
        <TopologyViewer
          bpmn={data}
          overlays={overlays}
          breakpoints={breakpoints}
          selected={selected}
          onSelect={onSelect}
          onFault={setFault}
        />
      </div>
      {selected !== undefined && (
        <NodePanel
          name={name}
          node={selected}
          entry={entries.find(({ node }) => node === selected)}
          onClose={() => onSelect(null)}
        />
      )}
    </div>
  );
}
