// How services say where the next page of a list is, for batches: by number, by offset, by a cursor in the answer, or by
// the `Link` header. Cursors are texts, so a batch goes on with them after a crash.

import { Fail } from '../step/errors.ts';
import { pointed } from '../step/pointer.ts';
import { linkedQuery } from './link-header.ts';
import type { HttpResponse } from './response.ts';

type Query = Readonly<Record<string, string>>;

interface Answered {
  readonly response: HttpResponse;
  readonly items: readonly unknown[];
  /** Of the page that was answered; null on the first one. */
  readonly cursor: string | null;
}

export interface Paging {
  /** Added to the query of a page. */
  query(cursor: string | null): Query;
  /**
   * The cursor of the page after an answer; undefined after the last one.
   * @throws Fail `paging.stuck` when the service leads back to the same page
   */
  next(answered: Answered): string | undefined;
}

export interface PagingOptions {
  /** Items per page that are asked for; a page with fewer is the last one. */
  readonly size?: number;
  /** Name of the parameter that asks for so many. */
  readonly sizeParameter?: string;
  /** Name of the parameter that says which page; default `page`, `offset` or `cursor`. */
  readonly parameter?: string;
}

const sized = ({ size, sizeParameter }: PagingOptions): Query =>
  size !== undefined && sizeParameter !== undefined ? { [sizeParameter]: String(size) } : {};

const isLast = ({ items }: Answered, size: number | undefined): boolean =>
  size === undefined ? items.length === 0 : items.length < size;

export const paging = {
  /** `page=1`, `page=2`, … until a page is not full. */
  pages(options: PagingOptions & { readonly first?: number } = {}): Paging {
    const { parameter = 'page', first = 1, size } = options;
    return {
      query: (cursor) => ({ ...sized(options), [parameter]: cursor ?? String(first) }),
      next: (answered) => (isLast(answered, size) ? undefined : String(numberOf(answered.cursor ?? String(first)) + 1)),
    };
  },

  /** `offset=0`, `offset=100`, … until a page is not full. */
  offset(options: PagingOptions = {}): Paging {
    const { parameter = 'offset', size } = options;
    return {
      query: (cursor) => ({ ...sized(options), [parameter]: cursor ?? '0' }),
      next: (answered) =>
        isLast(answered, size) ? undefined : String(numberOf(answered.cursor ?? '0') + answered.items.length),
    };
  },

  /** The answer names the next page, at a place such as `/meta/next`. */
  cursor(options: PagingOptions & { readonly at: string }): Paging {
    const { parameter = 'cursor', at } = options;
    return {
      query: (cursor) => ({ ...sized(options), ...(cursor === null ? {} : { [parameter]: cursor }) }),
      next({ response, cursor }) {
        const next = pointed(response.json(), at);
        if (next === undefined || next === null || next === '' || next === false) return undefined;
        return further(String(next), cursor);
      },
    };
  },

  /** The header `Link` leads to the next page (RFC 8288); of its address only the query is used. */
  link(options: PagingOptions = {}): Paging {
    return {
      query: (cursor) => (cursor === null ? sized(options) : Object.fromEntries(new URLSearchParams(cursor))),
      next({ response, cursor }) {
        const query = linkedQuery(response, 'next');
        return query && further(query.toString(), cursor);
      },
    };
  },
} as const;

function further(next: string, cursor: string | null): string {
  if (next !== cursor) return next;
  throw new Fail('The service says that the next page is the one that it just answered. Asking on would never end.', {
    code: 'paging.stuck',
  });
}

function numberOf(cursor: string): number {
  const number = Number(cursor);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Fail(`The cursor of a page was expected to be a whole number, got "${cursor.slice(0, 100)}".`);
}
