import { describe, expect, test } from 'vitest';
import { HttpResponse, type Paging, paging } from '../index.ts';

const answer = (body: unknown, headers = {}) => new HttpResponse(200, headers, Buffer.from(JSON.stringify(body)));

/** Queries of all pages, and how many items they gave. */
function walk(how: Paging, pages: { items: unknown[]; body?: unknown; headers?: object }[]) {
  const queries: unknown[] = [];
  let cursor: string | null = null;
  for (const { items, body, headers } of pages) {
    queries.push(how.query(cursor));
    const next = how.next({ response: answer(body ?? {}, headers), items, cursor });
    if (next === undefined) return { queries, ended: queries.length === pages.length };
    cursor = next;
  }
  return { queries, ended: false };
}

describe('R15: pages of a list', () => {
  const full = { items: [1, 2] };
  const rest = { items: [3] };

  test('by number, until one is not full', () => {
    expect(walk(paging.pages({ size: 2, sizeParameter: 'per_page' }), [full, full, rest])).toEqual({
      queries: [1, 2, 3].map((page) => ({ per_page: '2', page: String(page) })),
      ended: true,
    });
    expect(walk(paging.pages({ first: 0, parameter: 'p' }), [full, { items: [] }])).toEqual({
      queries: [{ p: '0' }, { p: '1' }],
      ended: true,
    });
  });

  test('by offset: as many as really came', () => {
    expect(walk(paging.offset({ parameter: 'skip' }), [full, rest, { items: [] }])).toEqual({
      queries: [{ skip: '0' }, { skip: '2' }, { skip: '3' }],
      ended: true,
    });
  });

  test('by a cursor of the answer, and never the same one for ever', () => {
    const how = paging.cursor({ at: '/meta/next', parameter: 'after' });
    expect(
      walk(how, [
        { ...full, body: { meta: { next: 7 } } },
        { ...rest, body: { meta: { next: null } } },
      ]),
    ).toEqual({
      queries: [{}, { after: '7' }],
      ended: true,
    });
    const same = { ...full, body: { meta: { next: 'x' } } };
    expect(() => walk(how, [same, same])).toThrow('never end');
  });

  test('by the header Link, whose query is all that is used', () => {
    const link = '<https://elsewhere.example.com/other?page=2&token=abc>; rel="next"';
    expect(walk(paging.link({ size: 2, sizeParameter: 'limit' }), [{ ...full, headers: { link } }, rest])).toEqual({
      queries: [{ limit: '2' }, { page: '2', token: 'abc' }],
      ended: true,
    });
  });

  test('a cursor that is none of this way is refused', () => {
    expect(() => paging.offset().next({ response: answer({}), items: [1], cursor: 'abc' })).toThrow('whole number');
  });
});
