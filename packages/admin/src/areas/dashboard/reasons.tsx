// Why messages are in trash: the largest groups, each a way to mend it.

import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { short } from '../../parts/words.ts';
import styles from './dashboard.module.css';

const MOST = 5;

export function Reasons() {
  const may = useMay('message:read');
  const { data } = useQuery({ queryKey: ['trash', 'groups'], queryFn: () => api.trash.groups(), enabled: may });
  if (!may) return <span />;
  return (
    <section className={`card ${styles.panel}`} aria-label="To mend">
      <h2 className={styles.title}>To mend</h2>
      {!data && <Skeleton height={120} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing is in trash. What a step gives up on is listed here by reason.
        </Text>
      )}
      {data?.items.slice(0, MOST).map(({ topology, version, node, code, reason, count }) => (
        <Link
          key={`${topology}/${version}/${node}/${code}`}
          to="/trash"
          search={{ topology, node, ...(code === null ? {} : { code }) } as never}
          className={styles.reason}
        >
          <span className={styles.head}>
            <span className="truncate">
              {topology} / {node}
            </span>
            <span>{short(count)}</span>
          </span>
          <span className={styles.words}>{reason}</span>
        </Link>
      ))}
    </section>
  );
}
