// A list of anything: only the rows that can be seen exist, further pages come as one scrolls, and everything works
// from the keyboard. The server orders and filters; this shows.

import { Button, Checkbox, Skeleton } from '@mantine/core';
import { IconRefresh } from '@sluice/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './data-table.module.css';

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  /** Track of a CSS grid: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'end';
  /** Left out on screens below 1100 px. */
  readonly wide?: boolean;
}

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
}

export interface DataTableProps<T> {
  /** What the rows are, for those who cannot see: "Processes". */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly openKey?: string | undefined;
  readonly selection?: Selection;
  readonly loading?: boolean;
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void };
  /** There are changes that are not shown, because the reader is far down. */
  readonly onRefresh?: (() => void) | undefined;
  /** Shown when there are no rows. */
  readonly empty: ReactNode;
}

const ROW = 42;
/** Height of the head, which stays in view above the rows. */
const HEAD = 36;
const AHEAD = 20;

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, keyOf, onOpen, openKey, selection, loading = false, more, onRefresh, empty } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
    getItemKey: (index) => keyOf(rows[index]!),
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const wantsMore = more?.has && !more.loading && lastShown >= rows.length - AHEAD;
  useEffect(() => {
    if (wantsMore) more?.load();
  }, [wantsMore, more]);

  const tracks = columns.map((column) => column.width).join(' ');
  const narrowTracks = columns
    .filter((column) => !column.wide)
    .map((column) => column.width)
    .join(' ');
  const style = {
    '--tracks': selection ? `34px ${tracks}` : tracks,
    '--narrow-tracks': selection ? `34px ${narrowTracks}` : narrowTracks,
    '--content': `${HEAD + ROW * (loading ? WAITING : rows.length)}px`,
  } as React.CSSProperties;
  const toggle = (key: string): void => {
    if (!selection) return;
    const next = new Set(selection.selected);
    if (!next.delete(key)) next.add(key);
    selection.onChange(next);
  };
  const focusRow = (index: number): void => {
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent, index: number): void => {
    if (event.target !== event.currentTarget) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) focusRow(Math.max(0, Math.min(rows.length - 1, index + step)));
    else if (event.key === 'Enter') onOpen?.(rows[index]!);
    else if (event.key === ' ' && selection) toggle(keyOf(rows[index]!));
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, row: T): void => {
    if (event.target instanceof Element && event.target.closest('a, button, input, label')) return;
    if (window.getSelection()?.toString()) return;
    onOpen?.(row);
  };
  const all = selection !== undefined && rows.length > 0 && rows.every((row) => selection.selected.has(keyOf(row)));

  if (!loading && rows.length === 0) return <div className={`card ${styles.empty}`}>{empty}</div>;
  return (
    <div className={`card ${styles.table}`} style={style}>
      {onRefresh && (
        <Button
          className={styles.refresh!}
          size="compact-xs"
          leftSection={<IconRefresh size={13} />}
          onClick={() => {
            scroller.current?.scrollTo({ top: 0 });
            onRefresh();
          }}
        >
          There is something new
        </Button>
      )}
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={more?.has ? -1 : rows.length + 1}
        className={styles.grid}
      >
        <div role="row" tabIndex={-1} aria-rowindex={1} className={styles.head}>
          {selection && (
            <div role="columnheader" tabIndex={-1}>
              <Checkbox
                size="xs"
                aria-label="Select all that are shown"
                checked={all}
                indeterminate={!all && selection.selected.size > 0}
                onChange={() => selection.onChange(all ? new Set() : new Set(rows.map(keyOf)))}
              />
            </div>
          )}
          {columns.map(({ id, header, align, wide }) => (
            <div key={id} role="columnheader" tabIndex={-1} data-align={align} data-wide={wide}>
              {header}
            </div>
          ))}
        </div>
        <div role="rowgroup">
          {loading ? (
            <Loading columns={columns.length} />
          ) : (
            <div className={styles.space} style={{ height: virtual.getTotalSize() }}>
              {items.map(({ index, key, start }) => {
                const row = rows[index]!;
                const id = String(key);
                return (
                  <div
                    key={id}
                    role="row"
                    tabIndex={index === (items[0]?.index ?? 0) ? 0 : -1}
                    data-index={index}
                    data-open={id === openKey}
                    aria-rowindex={index + 2}
                    {...(selection ? { 'aria-selected': selection.selected.has(id) } : {})}
                    className={styles.row}
                    data-opens={onOpen !== undefined}
                    style={{ transform: `translateY(${start - HEAD}px)` }}
                    onClick={(event) => onClick(event, row)}
                    onKeyDown={(event) => onKey(event, index)}
                  >
                    {selection && (
                      <div role="gridcell" tabIndex={-1}>
                        <Checkbox
                          size="xs"
                          tabIndex={-1}
                          aria-label={`Select ${id}`}
                          checked={selection.selected.has(id)}
                          onChange={() => toggle(id)}
                        />
                      </div>
                    )}
                    {columns.map(({ id: column, cell, align, wide }) => (
                      <div key={column} role="gridcell" tabIndex={-1} data-align={align} data-wide={wide}>
                        {cell(row)}
                      </div>
                    ))}
                  </div>
                );
              })}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

/** Rows that stand for those which are to come. */
const WAITING = 8;

function Loading({ columns }: { readonly columns: number }) {
  return Array.from({ length: WAITING }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows that stand for nothing
    <div key={row} className={styles.waiting} aria-hidden>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells that stand for nothing
        <Skeleton key={column} height={10} width={`${45 + ((row * 7 + column * 13) % 40)}%`} />
      ))}
    </div>
  ));
}
