// The head of a page and the room below it.

import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import styles from './page.module.css';

export interface PageProps {
  readonly title: string;
  /** Shown instead of the title, which then only names the page. */
  readonly heading?: ReactNode;
  /** Above the title: where this page is. */
  readonly crumbs?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Filters, tabs: a row below the title. */
  readonly bar?: ReactNode;
  /** The page fills the window, and what is in it scrolls itself. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, heading, crumbs, description, actions, bar, fill = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Sluice`;
  }, [title]);
  return (
    <div className={styles.page} data-fill={fill}>
      <header className={styles.head}>
        <div className={styles.titles}>
          {crumbs !== undefined && <div className={styles.crumbs}>{crumbs}</div>}
          <Title order={1} className={styles.title}>
            {heading ?? title}
          </Title>
          {description !== undefined && <div className={styles.description}>{description}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {bar !== undefined && <div className={styles.bar}>{bar}</div>}
      <div className={styles.body}>{children}</div>
    </div>
  );
}
