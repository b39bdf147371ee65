import { describe, expect, test } from 'vitest';
import { HttpResponse, linkedQuery, path } from '../index.ts';

const next = (link: string | string[] | undefined) =>
  linkedQuery(new HttpResponse(200, { link }, new Uint8Array()), 'next')?.get('page');

describe('the next page by a Link header', () => {
  test.each<[string | string[] | undefined, string | undefined]>([
    ['<https://a.example/x?page=2>; rel="next", <https://a.example/x?page=9>; rel="last"', '2'],
    ['<https://a.example/x?page=1>; rel="prev", <https://a.example/x?page=3>; rel="next"', '3'],
    ['<https://a.example/x?page=9>; rel="last"', undefined],
    ['</x?page=4>; title="a; b, c"; rel=next', '4'],
    ['<https://a.example/x?page=5>;rel="first next"', '5'],
    ['<https://a.example/x?q=a,b&page=6>; rel="next"', '6'],
    [['<https://a.example/x?page=1>; rel="prev"', '<https://a.example/x?page=7>; rel="next"'], '7'],
    ['<https://a.example/x>; rel="next"', undefined],
    ['<http://[>; rel="next"', undefined],
    ['<'.repeat(50_000), undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%#', (link, page) => {
    expect(next(link)).toBe(page);
  });
});

describe('a path with values', () => {
  test('values are one segment each', () => {
    expect(path`/orders/${'a/b?c#d'}/lines/${7}`).toBe('/orders/a%2Fb%3Fc%23d/lines/7');
    expect(path`/orders`).toBe('/orders');
    expect(path`/${'%2e%2e'}`).toBe('/%252e%252e');
  });

  test('no value leads elsewhere', () => {
    for (const value of ['', '.', '..', '\ud800'])
      expect(() => path`/orders/${value}`).toThrow(expect.objectContaining({ name: 'Fail' }));
  });
});
