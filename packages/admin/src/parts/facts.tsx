// Names with their values.

import type { ReactNode } from 'react';
import styles from './facts.module.css';

export type Fact = readonly [name: string, value: ReactNode];

export function Facts({ of, inline = false }: { readonly of: readonly (Fact | null)[]; readonly inline?: boolean }) {
  return (
    <dl className={styles.facts} data-inline={inline}>
      {of
        .filter((fact) => fact !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
