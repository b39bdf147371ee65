// Lists, page by page, as a description tells how theirs go on. A cursor is what goes into the next request, as a query: never
// an address, which would let an answer choose where the credentials of the next request go.

import type { PagesData } from '@sluice/protocol';
import { linkedQuery } from '../http/link-header.ts';
import type { HttpResponse } from '../http/response.ts';
import { Fail } from '../step/errors.ts';
import type { Input } from './request.ts';

/** The input of the first page: as many items as a page may have, unless the message says how many. */
export function firstInput(pages: PagesData, input: Input): Input {
  const size = 'size' in pages ? pages.size : undefined;
  return size && input[size.parameter] === undefined ? { ...input, [size.parameter]: size.value } : input;
}

/** @throws Fail when they are not where the description says */
export function itemsOf({ items }: PagesData, answer: unknown): readonly unknown[] {
  const found = at(answer, items);
  if (Array.isArray(found)) return found;
  // An empty list is often left out.
  if (found === undefined || found === null) return [];
  throw new Fail(`A list was expected at "${items}" of the answer, got ${typeof found}.`);
}

/** How the step goes on; undefined on the last page. */
export function nextCursor(
  pages: PagesData,
  {
    input,
    cursor,
    response,
    answer,
    count,
  }: {
    readonly input: Input;
    readonly cursor: string | null;
    readonly response: HttpResponse;
    readonly answer: unknown;
    readonly count: number;
  },
): string | undefined {
  switch (pages.kind) {
    case 'link':
      return linkedQuery(response, 'next')?.toString();
    case 'next':
      return queryIn(at(answer, pages.next));
    case 'cursor': {
      const next = at(answer, pages.next);
      const isThere = (typeof next === 'string' && next !== '') || typeof next === 'number';
      return isThere ? `=${String(next)}` : undefined;
    }
    case 'page':
    case 'offset': {
      const { parameter, size } = pages;
      const wanted = size ? Number(input[size.parameter]) : 0;
      if (count === 0 || (wanted > 0 && count < wanted)) return undefined;
      const given = cursor === null ? input[parameter] : cursor.slice(1);
      const now = Number(given ?? (pages.kind === 'page' ? pages.first : 0));
      return `=${now + (pages.kind === 'page' ? 1 : count)}`;
    }
  }
}

/** What a cursor means for the request: another value of the parameter, or a query of its own. */
export function inputAt(pages: PagesData, input: Input, cursor: string | null): Input {
  if (cursor === null || !('parameter' in pages)) return input;
  const text = cursor.slice(1);
  return { ...input, [pages.parameter]: pages.kind === 'cursor' ? text : Number(text) };
}

export const queryAt = (pages: PagesData, cursor: string | null): string | null =>
  'parameter' in pages ? null : cursor;

/** The query of an address or of a path, or a query that stands alone. */
function queryIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.includes('?')) return undefined;
  const query = new URLSearchParams(value.slice(value.indexOf('?') + 1).replace(/#.*$/, ''));
  return query.size > 0 ? query.toString() : undefined;
}

/** By JSON pointer. */
function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const part of pointer.split('/').slice(1)) {
    const member = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, member)) return undefined;
    found = (found as Record<string, unknown>)[member];
  }
  return found;
}
