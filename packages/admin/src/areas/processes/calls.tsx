// Requests that the steps of a process sent to remote services, in their order.

import { Skeleton, Text } from '@mantine/core';
import { IconWorldShare } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { duration } from '../../parts/words.ts';
import styles from './calls.module.css';

const MOST = 1_000;

export function Calls({ processId }: { readonly processId: string }) {
  const { data, error } = useQuery({
    queryKey: ['process', processId, 'calls'],
    queryFn: () => api.remoteCalls({ processId, limit: MOST }),
  });
  if (error) return <ErrorState error={error} />;
  if (!data) return <Skeleton height={200} />;
  if (data.items.length === 0)
    return (
      <div className="card">
        <EmptyState icon={IconWorldShare} title="No remote call of it is known">
          What steps send with their own sender stands here: method, address, status and time. The newest calls are
          kept; those of old processes are forgotten.
        </EmptyState>
      </div>
    );
  return (
    <table className={`card ${styles.calls}`} aria-label="Remote calls">
      <thead>
        <tr>
          <th>At</th>
          <th>Node</th>
          <th>Attempt</th>
          <th>Request</th>
          <th>Status</th>
          <th>Took</th>
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ at, node, attempt, method, host, path, status, durationMs }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls have no ids and never change places
          <tr key={index}>
            <td>
              <Time at={at} />
            </td>
            <td>{node}</td>
            <td>{attempt ?? ''}</td>
            <td>
              <code>{method}</code> {host}
              <Text span c="dimmed" size="sm">
                {path}
              </Text>
            </td>
            <td>
              <Status
                of={status === 0 || status >= 400 ? 'failed' : 'done'}
                label={status === 0 ? 'no answer' : String(status)}
              />
            </td>
            <td>{duration(durationMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
