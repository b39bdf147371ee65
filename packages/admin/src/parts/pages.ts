// A listing that comes in pages, as one list. Changes that come while the reader is far down are announced, not made:
// asking for dozens of pages again would cost more than it tells.

import type { PageOf } from '@sluice/protocol';
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { FAR_DOWN } from '../frame/live.ts';

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

const SIZE = 100;

export function usePages<T>(queryKey: QueryKey, ask: (page: PageRequest) => Promise<PageOf<T>>) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask({ limit: SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPending, isStale, error, refetch } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const far = (data?.pages.length ?? 0) > FAR_DOWN;
  return {
    rows,
    error: data === undefined ? error : null,
    retry: () => void refetch(),
    loading: isPending,
    more: { has: hasNextPage, loading: isFetchingNextPage, load: () => void fetchNextPage() },
    onRefresh: far && isStale ? () => void refetch() : undefined,
  };
}
