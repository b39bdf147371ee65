// Whether the services that do the work are there.

import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { Status } from '../../parts/status.tsx';
import styles from './dashboard.module.css';

export function Workers() {
  const may = useMay('worker:read');
  const { data } = useQuery({ queryKey: ['workers'], queryFn: () => api.workers.list(), enabled: may });
  if (!may) return <span />;
  return (
    <section className={`card ${styles.panel}`} aria-label="Workers">
      <h2 className={styles.title}>Workers</h2>
      {!data && <Skeleton height={80} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          None is registered. Steps run in services that join the platform.
        </Text>
      )}
      {data?.items.map(({ name, health, underway }) => (
        <div key={name} className={styles.worker}>
          <span className="truncate">{name}</span>
          <Status of={health} label={underway > 0 ? `${underway} in work` : health} />
        </div>
      ))}
    </section>
  );
}
