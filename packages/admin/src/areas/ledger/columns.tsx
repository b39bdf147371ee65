import { Text } from '@mantine/core';
import type { Column } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Status } from '../../parts/status.tsx';
import { short } from '../../parts/words.ts';
import { type Book, CAME_IN, faultOf, PLACES } from './books.ts';

/** Places that have a page of their own. */
const PAGES: Readonly<Record<string, string>> = { trash: '/trash', held: '/user-tasks' };

const numbers = [...CAME_IN, ...PLACES].map(
  ([key, header]): Column<Book> => ({
    id: key,
    header,
    // All nine fit a window of 1024 pixels, each below its whole name.
    width: `minmax(${header.length > 7 ? 54 : header.length > 5 ? 46 : 40}px, 1fr)`,
    align: 'end',
    cell: (book) => {
      const value = book[key];
      const page = PAGES[key];
      const words = short(value);
      if (page !== undefined && value > 0)
        return (
          <PageLink
            to={page}
            search={{ topology: book.topology, ...(book.node === null ? {} : { node: book.node }) }}
            size="sm"
            c={key === 'trash' ? 'vermilion' : undefined}
          >
            {words}
          </PageLink>
        );
      return (
        <Text span size="sm" c={value === 0 ? 'dimmed' : undefined}>
          {words}
        </Text>
      );
    },
  }),
);

const balance: Column<Book> = {
  id: 'balance',
  header: 'Balance',
  width: 'minmax(80px, 1.2fr)',
  cell: (book) => {
    const fault = faultOf(book);
    return <Status of={fault === '' ? 'up' : 'down'} label={fault || 'balances'} />;
  },
};

export const topologyColumns: readonly Column<Book>[] = [
  {
    id: 'topology',
    header: 'Topology',
    width: 'minmax(110px, 2fr)',
    cell: ({ topology }) => <strong>{topology}</strong>,
  },
  balance,
  ...numbers,
];

export const nodeColumns: readonly Column<Book>[] = [
  {
    id: 'node',
    header: 'Node',
    width: 'minmax(110px, 2fr)',
    cell: ({ topology, node, version }) => (
      <>
        <PageLink to={`/topologies/${topology}`} search={{ version: String(version), node: node ?? '' }} size="sm">
          {node}
        </PageLink>{' '}
        <Text span size="xs" c="dimmed">
          v{version}
        </Text>
      </>
    ),
  },
  balance,
  ...numbers,
];
