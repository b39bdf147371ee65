// All messages of trash that match: back into their queues, or on with another version in which the fault is mended.

import type { WaitingFilterRequest } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { BulkDialog } from '../../parts/bulk-dialog.tsx';
import { type ToVersion, ToVersionChoice } from '../../parts/to-version.tsx';
import { TRASH } from './kinds.ts';

export interface ReplayDialogProps {
  readonly filter: WaitingFilterRequest;
  readonly onClose: () => void;
}

export function ReplayDialog({ filter, onClose }: ReplayDialogProps) {
  const [to, setTo] = useState<ToVersion | null>(null);
  const groups = useQuery({
    queryKey: ['trash', 'groups', filter],
    queryFn: () => api.trash.groups(filter),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.items;
  const topologies = [...new Set(groups?.map(({ topology }) => topology))];
  const { verb, done, explanation } = TRASH.onward;
  return (
    <BulkDialog
      verb={verb}
      done={done}
      one={TRASH.one}
      many={TRASH.many}
      explanation={
        to
          ? 'Each ends here and begins a new process on that version, with the content it has, linked to its old one.'
          : explanation
      }
      run={(options) => api.trash.replayAll({ ...filter, ...options, ...to })}
      choice={{
        of: to,
        show: (foreseen) =>
          groups && (
            <ToVersionChoice
              topology={topologies.length === 1 ? topologies[0] : undefined}
              own="Their own versions, in their processes"
              chosen={to}
              onChoose={setTo}
              foreseen={to ? foreseen?.foreseen : undefined}
              renames
            />
          ),
      }}
      changes={['trash', 'processes', 'process', 'statistics']}
      onClose={onClose}
    />
  );
}
