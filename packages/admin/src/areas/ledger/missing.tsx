// What is not accounted for: the nodes whose books are wrong, and the processes and steps that it can be followed to.

import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { PageLink } from '../../parts/link.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { plural } from '../../parts/words.ts';
import { type Book, faultOf } from './books.ts';
import styles from './ledger.module.css';

export function Missing({ books }: { readonly books: readonly Book[] }) {
  const places = books.map(({ key, missing, surplus }) => `${key} ${missing} ${surplus}`);
  // The books are looked through anew whenever something else is wrong with them.
  const { data, error } = useQuery({
    queryKey: ['ledger-audit', ...places],
    queryFn: () => api.ledgerAudit(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Section
      title="Not accounted for"
      tone="bad"
      note="Something outside of the platform changed its data, or there is a fault in it. Nothing that is still there is touched. Keep a backup of the data before anything else is done."
    >
      <ul className={styles.missing}>
        {books.map((book) => (
          <li key={book.key}>
            <strong>
              {book.topology} / {book.node}
            </strong>{' '}
            of version {book.version}: {faultOf(book)}
          </li>
        ))}
      </ul>
      <Problem of={error} />
      {!data && !error && <Skeleton height={40} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          No running or kept process misses a message: what is missing belonged to one that is forgotten already.
        </Text>
      )}
      <ul className={styles.missing}>
        {data?.items.map(({ processId, topology, node, expected, found }) => (
          <li key={processId}>
            <PageLink to={`/processes/${processId}`} size="sm" underline="always">
              Process …{processId.slice(-6)}
            </PageLink>{' '}
            of {topology} has {plural(found, 'message')} where there should be {expected}; what came out of{' '}
            <strong>{node}</strong> is not there.
          </li>
        ))}
      </ul>
    </Section>
  );
}
