import { Tooltip } from '@mantine/core';
import type { WorkerView } from '@sluice/protocol';
import { Status } from '../../parts/status.tsx';
import { when } from '../../parts/words.ts';

/** How a worker is, and why. */
export function HealthStatus({ of }: { readonly of: WorkerView }) {
  const { health, reason, pausedUntil } = of;
  if (pausedUntil !== null)
    return (
      <Tooltip label={reason ?? 'It failed several times in a row.'}>
        <span>
          <Status of="delayed" label={`left alone until ${when(pausedUntil)}`} />
        </span>
      </Tooltip>
    );
  return <Status of={health} label={reason === null ? health : `${health}: ${reason}`} />;
}
