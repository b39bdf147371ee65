// Why messages wait: by node and reason, the largest group first.

import { Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { short } from '../../parts/words.ts';
import type { Kind } from './kinds.ts';
import styles from './waiting-page.module.css';

interface Chosen {
  readonly topology?: string | undefined;
  readonly node?: string | undefined;
  readonly code?: string | undefined;
}

export interface GroupsProps {
  readonly kind: Kind;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: { topology?: string; node?: string; code?: string }) => void;
}

export function Groups({ kind, chosen, onChoose }: GroupsProps) {
  const { data, isPending } = useQuery({ queryKey: [kind.id, 'groups'], queryFn: () => kind.calls.groups() });
  const groups = data?.items ?? [];
  return (
    <section className={`card ${styles.groups}`} aria-label="By reason" tabIndex={-1}>
      <div className="overline" style={{ padding: '8px 10px 6px' }}>
        By reason
      </div>
      {isPending && <Skeleton height={54} m={8} />}
      {!isPending && groups.length === 0 && (
        <div className={styles.reason} style={{ padding: '0 10px' }}>
          None
        </div>
      )}
      {groups.map(({ topology, version, node, code, reason, count }) => {
        const on = chosen.topology === topology && chosen.node === node && chosen.code === (code ?? undefined);
        return (
          <UnstyledButton
            key={`${topology}/${version}/${node}/${code}`}
            className={styles.group}
            aria-pressed={on}
            onClick={() =>
              onChoose(
                on
                  ? ({ topology: undefined, node: undefined, code: undefined } as object)
                  : { topology, node, ...(code === null ? {} : { code }) },
              )
            }
          >
            <span className={styles.title}>
              <span className="truncate">
                {topology} / {node}
              </span>
              <span>{short(count)}</span>
            </span>
            <span className={styles.reason}>{reason ?? code ?? 'waits for a person'}</span>
          </UnstyledButton>
        );
      })}
    </section>
  );
}
