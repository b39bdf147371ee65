// A part of a page with its own heading.

import type { ReactNode } from 'react';
import styles from './section.module.css';

export interface SectionProps {
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Its content reaches to the edges. */
  readonly flush?: boolean;
  readonly tone?: 'bad';
  readonly children: ReactNode;
}

export function Section({ title, note, actions, flush = false, tone, children }: SectionProps) {
  return (
    <section className={`card ${styles.section}`} aria-label={title} data-tone={tone}>
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{title}</h2>
          {note !== undefined && <div className={styles.note}>{note}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.body} data-flush={flush}>
        {children}
      </div>
    </section>
  );
}
