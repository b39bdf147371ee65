// How a service gives a long list in pages. A cursor is a text that leads to the same page however often it is asked; it is never an
// address, which would let the answer of a service choose where the credentials of the next request go.

import { linkedQuery } from '../http/link-header.ts';
import type { HttpResponse } from '../http/response.ts';
import type { Input } from './endpoint.ts';
import { partOf } from './pointer.ts';

export interface Page {
  readonly response: HttpResponse;
  /** The whole answer. */
  readonly answer: unknown;
  readonly items: readonly unknown[];
  /** That led here; null on the first page. */
  readonly cursor: string | null;
}

type Values = Readonly<Record<string, string | number>>;

export interface Paging {
  /** Where its values go; `whole`: from the second page on they are all of the query. Default: `query`. */
  readonly in?: 'query' | 'body' | 'whole';
  ask(cursor: string | null): Input;
  /** @returns undefined on the last page */
  next(page: Page): string | undefined;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;

const queryIn = (cursor: string | null, size: Values): Values =>
  cursor === null ? size : Object.fromEntries(new URLSearchParams(cursor));

/** As many items as were asked for: there may be more. */
const isFull = (items: readonly unknown[], size: Values): boolean =>
  items.length >= Math.max(1, ...Object.values(size).map(Number));

export const paging = {
  /** All items come at once. */
  all: (): Paging => ({ ask: () => ({}), next: () => undefined }),

  /** The answer has a text that the next request repeats. `more`: a flag without which there is no next page. */
  cursor: ({ param, from, more, size = {}, in: place = 'query' }: CursorOptions): Paging => ({
    in: place,
    ask: (cursor) => (cursor === null ? size : { ...size, [param]: cursor }),
    next: ({ answer }) => (more && !partOf(answer, more) ? undefined : textOf(partOf(answer, from))),
  }),

  /** The next page is named by a `Link` header. */
  link: (size: Values = {}): Paging => ({
    in: 'whole',
    ask: (cursor) => queryIn(cursor, size),
    next: ({ response }) => linkedQuery(response, 'next')?.toString(),
  }),

  /** The answer has the address of the next page, of which the query is kept. */
  address: ({ from, more, size = {} }: Omit<CursorOptions, 'param' | 'in'>): Paging => ({
    in: 'whole',
    ask: (cursor) => queryIn(cursor, size),
    next: ({ answer }) => {
      const address = more && !partOf(answer, more) ? undefined : textOf(partOf(answer, from));
      const base = 'https://relative.invalid';
      if (address === undefined || !URL.canParse(address, base)) return undefined;
      return new URL(address, base).searchParams.toString() || undefined;
    },
  }),

  /** Pages have numbers. The last is told by a flag, by their count, or by being short of items. */
  numbered: ({ param = 'page', first = 1, size = {}, more, last, pages }: NumberedOptions): Paging => ({
    ask: (cursor) => ({ ...size, [param]: cursor ?? first }),
    next: ({ answer, items, cursor }) => {
      const page = Number(cursor ?? first);
      const goesOn = last
        ? partOf(answer, last) === false
        : more
          ? partOf(answer, more) === true
          : pages
            ? page + 1 < first + Number(partOf(answer, pages) ?? 0)
            : isFull(items, size);
      return goesOn && items.length > 0 ? String(page + 1) : undefined;
    },
  }),

  /** Pages begin after so many items. The last is told by their total, or by being short of items. */
  offset: ({ param = 'offset', size, total }: OffsetOptions): Paging => ({
    ask: (cursor) => ({ ...size, [param]: cursor ?? 0 }),
    next: ({ answer, items, cursor }) => {
      const seen = Number(cursor ?? 0) + items.length;
      const goesOn = total ? seen < Number(partOf(answer, total) ?? 0) : isFull(items, size);
      return goesOn && items.length > 0 ? String(seen) : undefined;
    },
  }),

  /** A page begins after the last item of the one before. The last is told by a flag, or by being short of items. */
  after: ({ param, member = '/id', size, more }: AfterOptions): Paging => ({
    ask: (cursor) => (cursor === null ? size : { ...size, [param]: cursor }),
    next: ({ answer, items }) => {
      const goesOn = more ? partOf(answer, more) === true : isFull(items, size);
      return goesOn ? textOf(partOf(items.at(-1), member)) : undefined;
    },
  }),
} as const;

interface CursorOptions {
  /** What the next request calls it. */
  readonly param: string;
  /** Where it stands in the answer, as a JSON pointer. */
  readonly from: string;
  readonly more?: string;
  readonly size?: Values;
  readonly in?: 'query' | 'body';
}

interface NumberedOptions {
  readonly param?: string;
  readonly first?: number;
  /** Items on a page, as the service calls it: `{ per_page: 100 }`. */
  readonly size?: Values;
  /** Pointer to a flag of all pages but the last. */
  readonly more?: string;
  /** Pointer to a flag of the last page. */
  readonly last?: string;
  /** Pointer to the count of pages. */
  readonly pages?: string;
}

interface OffsetOptions {
  readonly param?: string;
  readonly size: Values;
  /** Pointer to the count of all items. */
  readonly total?: string;
}

interface AfterOptions {
  readonly param: string;
  /** Pointer into an item. */
  readonly member?: string;
  readonly size: Values;
  readonly more?: string;
}
