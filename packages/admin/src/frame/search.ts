// What a page shows is in its address: filters, the chosen tab, the open drawer. All of it is text.

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Search = Readonly<Record<string, string | undefined>>;

export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * The state of a page in its address, and a way to change parts of it (undefined takes one out).
 * Opening something makes an entry in the history, so that Back closes it; typing into a filter does not.
 */
export function useAddress<T extends Search>(): readonly [T, (change: T, options?: { push?: boolean }) => void] {
  const search = useSearch({ strict: false }) as T;
  const navigate = useNavigate();
  const change = useCallback(
    (part: T, { push = false } = {}) =>
      void navigate({
        to: '.',
        search: ((before: Search) => ({ ...before, ...part })) as never,
        replace: !push,
      }),
    [navigate],
  );
  return [search, change];
}
