// Where every message is: what came in on one side, where it is on the other, live, and a sign when the two differ.

import { Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconScale } from '@sluice/icons';
import { useLedger } from '../../frame/ledger.ts';
import { useAddress } from '../../frame/search.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { LinkButton, PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { type Book, equationOf, nodeBooks, topologyBooks, totalOf, verdictOf } from './books.ts';
import { nodeColumns, topologyColumns } from './columns.tsx';
import styles from './ledger.module.css';
import { Missing } from './missing.tsx';

export function LedgerPage() {
  const [{ topology }, setAddress] = useAddress<{ topology?: string | undefined }>();
  const { data, error, refetch } = useLedger();
  if (error && !data)
    return (
      <Page title="Ledger">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    );
  if (!data)
    return (
      <Page title="Ledger">
        <Skeleton height={64} />
        <Skeleton height={300} />
      </Page>
    );
  const shown = { ...data, nodes: data.nodes.filter((node) => topology === undefined || node.topology === topology) };
  const rows = topology === undefined ? topologyBooks(data) : nodeBooks(data, topology);
  const wrong = [...new Set(shown.nodes.filter(({ balanced }) => !balanced).map((node) => node.topology))]
    .flatMap((name) => nodeBooks(data, name))
    .filter(({ missing, surplus }) => missing + surplus > 0);
  return (
    <Page
      title={topology ?? 'Ledger'}
      fill
      crumbs={
        topology === undefined ? undefined : (
          <PageLink to="/ledger" size="sm" c="dimmed">
            Ledger
          </PageLink>
        )
      }
      description="What came in is counted when it comes; where messages are is counted where they are. The two must be equal."
    >
      <Verdict book={totalOf(shown)} />
      {wrong.length > 0 && <Missing books={wrong} />}
      <DataTable
        label="Ledger"
        columns={topology === undefined ? topologyColumns : nodeColumns}
        rows={rows}
        keyOf={({ key }) => key}
        {...(topology === undefined
          ? { onOpen: (book: Book) => setAddress({ topology: book.topology }, { push: true }) }
          : {})}
        empty={
          <EmptyState
            icon={IconScale}
            title="No message has come in yet"
            action={<LinkButton to="/topologies">Run a topology</LinkButton>}
          >
            With the first message its topology stands here, with what came in and where it is.
          </EmptyState>
        }
      />
    </Page>
  );
}

function Verdict({ book }: { readonly book: Book }) {
  const good = book.missing + book.surplus === 0;
  return (
    <div className={`card ${styles.verdict}`} data-tone={good ? 'good' : 'bad'} role="status">
      {good ? (
        <IconScale size={26} stroke={1.6} aria-hidden />
      ) : (
        <IconAlertTriangle size={26} stroke={1.6} aria-hidden />
      )}
      <div>
        <div className={styles.words}>{verdictOf(book)}</div>
        <div className={styles.equation}>{good ? equationOf(book) : equationOf(book).replace(' = ', ' ≠ ')}</div>
      </div>
    </div>
  );
}
