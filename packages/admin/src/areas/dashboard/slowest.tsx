// What is slowest: nodes and remote calls, a few of each, with the way to all of them.

import { Skeleton, Text } from '@mantine/core';
import type { Range } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { PageLink } from '../../parts/link.tsx';
import { count, duration } from '../../parts/words.ts';
import styles from './dashboard.module.css';

const MOST = 5;

export function Slowest({ range }: { readonly range: Range }) {
  const may = useMay('metrics:read');
  const { data } = useQuery({
    queryKey: ['figures', range],
    queryFn: () => api.figures(range),
    placeholderData: (before) => before,
    enabled: may,
  });
  if (!may) return null;
  return (
    <div className={styles.two}>
      <List
        title="Slowest nodes"
        tab="nodes"
        range={range}
        nothing="No step ran in this time."
        rows={data?.nodes.slice(0, MOST).map(({ topology, version, node, ...figures }) => ({
          ...figures,
          key: `${topology}/${version}/${node}`,
          name: `${topology} / ${node}`,
          to: `/topologies/${topology}`,
          search: { version: String(version), node },
        }))}
      />
      <List
        title="Slowest remote calls"
        tab="calls"
        range={range}
        nothing="No remote service was called in this time."
        rows={data?.calls.slice(0, MOST).map(({ method, host, path, ...figures }) => ({
          ...figures,
          key: `${method} ${host} ${path}`,
          name: `${method} ${host}${path}`,
          to: '/performance',
          search: { tab: 'calls', range },
        }))}
      />
    </div>
  );
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
  readonly count: number;
  readonly failed: number;
  readonly p95Ms: number;
}

interface ListProps {
  readonly title: string;
  readonly tab: string;
  readonly range: Range;
  readonly nothing: string;
  readonly rows: readonly Row[] | undefined;
}

function List({ title, tab, range, nothing, rows }: ListProps) {
  return (
    <section className={`card ${styles.panel}`} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <PageLink to="/performance" search={{ tab, range }} size="xs">
          All
        </PageLink>
      </div>
      {!rows && <Skeleton height={120} />}
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      )}
      {rows?.map(({ key, name, to, search, p95Ms, failed, ...row }) => (
        <Link key={key} to={to} search={search as never} className={styles.reason}>
          <span className={styles.head}>
            <span className="truncate" title={name}>
              {name}
            </span>
            <span>{duration(p95Ms)}</span>
          </span>
          <span className={styles.words}>
            {count(row.count)} in all, {count(failed)} failed
          </span>
        </Link>
      ))}
    </section>
  );
}
