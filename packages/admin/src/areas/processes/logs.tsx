import { Skeleton, Text } from '@mantine/core';
import { IconFileText } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import styles from './logs.module.css';

export function Logs({ processId }: { readonly processId: string }) {
  const { data, error } = useQuery({
    queryKey: ['process', processId, 'logs'],
    queryFn: () => api.logs({ processId }),
  });
  if (error) return <ErrorState error={error} />;
  if (!data) return <Skeleton height={200} />;
  if (data.items.length === 0)
    return (
      <div className="card">
        <EmptyState
          icon={IconFileText}
          title="Its steps wrote nothing"
          command="context.log.info('Booked.', { order })"
        >
          Steps write for people with their log; what they write stands here, by process and node.
        </EmptyState>
      </div>
    );
  return (
    <div className={`card ${styles.logs}`}>
      {data.items.map(({ at, level, message, node }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no ids and never change places
        <div key={index} className={styles.line} data-level={level}>
          <Time at={at} />
          <span>{level}</span>
          <Text span c="dimmed" size="xs" className="truncate">
            {node}
          </Text>
          <span>{message}</span>
        </div>
      ))}
    </div>
  );
}
