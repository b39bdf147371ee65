import type { OperationData, ParameterData, ParameterStyle, ServiceData } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { Install } from '../application/install.ts';
import { HttpResponse } from '../http/response.ts';
import { DescribedApplication } from './application.ts';
import { inputAt, itemsOf, nextCursor } from './pages.ts';
import { requestOf } from './request.ts';

const operation = (more: Partial<OperationData>): OperationData => ({
  name: 'get',
  method: 'GET',
  path: '/',
  parameters: [],
  answer: { kind: 'none' },
  input: {},
  ...more,
});
const parameter = (place: ParameterData['in'], style: ParameterStyle, explode?: boolean): ParameterData => ({
  key: 'color',
  name: 'color',
  in: place,
  style,
  ...(explode === undefined ? {} : { explode }),
});
const written = (one: ParameterData, color: unknown): string =>
  requestOf(operation({ path: one.in === 'path' ? '/{color}' : '/', parameters: [one] }), { color }).path.slice(1);

const TEXT = 'blue';
const LIST = ['blue', 'black', 'brown'];
const OBJECT = { R: 100, G: 200, B: 150 };

describe('requests of described operations', () => {
  // The table of OpenAPI 3.1.1, "Style Examples".
  test.each([
    ['path', 'matrix', false, ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    ['path', 'matrix', true, ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
    ['path', 'label', false, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
    ['path', 'label', true, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
    ['path', 'simple', false, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['path', 'simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ['query', 'form', false, '?color=blue', '?color=blue,black,brown', '?color=R,100,G,200,B,150'],
    ['query', 'form', true, '?color=blue', '?color=blue&color=black&color=brown', '?R=100&G=200&B=150'],
    [
      'query',
      'spaceDelimited',
      false,
      '?color=blue',
      '?color=blue%20black%20brown',
      '?color=R%20100%20G%20200%20B%20150',
    ],
    ['query', 'pipeDelimited', false, '?color=blue', '?color=blue|black|brown', '?color=R|100|G|200|B|150'],
    [
      'query',
      'deepObject',
      true,
      '?color=blue',
      '?color[0]=blue&color[1]=black&color[2]=brown',
      '?color[R]=100&color[G]=200&color[B]=150',
    ],
  ] as const)(
    'B17: a parameter in %s, %s, exploded %s, is written as the standard says',
    (place, style, explode, text, list, object) => {
      const one = parameter(place, style, explode);
      expect([written(one, TEXT), written(one, LIST), written(one, OBJECT)]).toEqual([text, list, object]);
    },
  );

  test('B17: no value leaves its place: not in a path, not in a query, not in a header', () => {
    const path = parameter('path', 'simple');
    expect(written(path, 'a/../b?c#d')).toBe('a%2F..%2Fb%3Fc%23d');
    for (const value of ['', '.', '..']) expect(() => written(path, value)).toThrow('part of a path');
    expect(() => written(parameter('path', 'label'), '.')).toThrow('path');
    expect(written(parameter('query', 'form'), 'a&b=c#d')).toBe('?color=a%26b%3Dc%23d');
    expect(() => requestOf(operation({ parameters: [parameter('header', 'simple')] }), { color: 'a\r\nx: y' })).toThrow(
      'header',
    );
    expect(
      requestOf(operation({ parameters: [parameter('cookie', 'form')] }), { color: 'a; b=c' }).options.headers,
    ).toEqual({ cookie: 'color=a%3B%20b%3Dc' });
  });

  test('B17: bodies are JSON, forms, parts or bytes; a name or a file ends no part', () => {
    const sent = (body: OperationData['body'], value: unknown) =>
      requestOf(operation({ method: 'POST', body: body! }), { body: value }).options;
    expect(
      sent(
        { kind: 'form', type: 'application/x-www-form-urlencoded', parts: { tags: { style: 'form', explode: false } } },
        { a: 'x&y', tags: ['b', 'c'] },
      ).body,
    ).toBe('a=x%26y&tags=b,c');
    expect(sent({ kind: 'bytes', type: 'image/png' }, { base64: 'AAEC', contentType: 'image/gif' })).toMatchObject({
      body: Buffer.from([0, 1, 2]),
      headers: { 'content-type': 'image/gif' },
    });
    const { body, headers } = sent(
      { kind: 'multipart', type: 'multipart/form-data' },
      { 'na"me\r\n': 'x', file: { base64: 'aGk=', name: 'a".txt\r\nevil: 1' }, of: { a: 1 } },
    );
    const boundary = headers!['content-type']!.split('boundary=')[1]!;
    expect(
      String(body)
        .split(`--${boundary}`)
        .map((part) => part.trim()),
    ).toEqual([
      '',
      'content-disposition: form-data; name="na%22me%0D%0A"\r\n\r\nx',
      'content-disposition: form-data; name="file"; filename="a%22.txt%0D%0Aevil: 1"\r\ncontent-type: application/octet-stream\r\n\r\nhi',
      'content-disposition: form-data; name="of"\r\ncontent-type: application/json\r\n\r\n{"a":1}',
      '--',
    ]);
  });

  test('B17: pages go on as the description says, and never to another address', () => {
    const page = (pages: OperationData['pages'], answer: unknown, cursor: string | null, headers = {}) => {
      const items = itemsOf(pages!, answer);
      return nextCursor(pages!, {
        input: { limit: 2 },
        cursor,
        response: new HttpResponse(200, headers, Buffer.alloc(0)),
        answer,
        count: items.length,
      });
    };
    const size = { parameter: 'limit', value: 2 };
    expect(page({ kind: 'page', items: '', parameter: 'page', first: 1, size }, [1, 2], null)).toBe('=2');
    expect(page({ kind: 'page', items: '', parameter: 'page', first: 1, size }, [1], '=2')).toBeUndefined();
    expect(page({ kind: 'offset', items: '/data', parameter: 'offset' }, { data: [1, 2] }, '=4')).toBe('=6');
    expect(
      page(
        { kind: 'cursor', items: '/data', parameter: 'after', next: '/meta/next' },
        { data: [1], meta: { next: 'abc' } },
        null,
      ),
    ).toBe('=abc');
    expect(
      page({ kind: 'cursor', items: '/data', parameter: 'after', next: '/meta/next' }, { meta: { next: '' } }, '=abc'),
    ).toBeUndefined();
    expect(
      page(
        { kind: 'next', items: '/data', next: '/next' },
        { data: [1], next: 'https://evil.example.com/x?p=2#f' },
        null,
      ),
    ).toBe('p=2');
    expect(page({ kind: 'link', items: '' }, [1], null, { link: '<https://evil.example.com/y?q=3>; rel="next"' })).toBe(
      'q=3',
    );
    expect(inputAt({ kind: 'page', items: '', parameter: 'page', first: 1 }, { limit: 2 }, '=3')).toEqual({
      limit: 2,
      page: 3,
    });
    expect(() => itemsOf({ kind: 'link', items: '/data' }, { data: 'x' })).toThrow('A list was expected');
  });

  test('B17: several proofs go on one request; what a service says of a failure is its reason', async () => {
    const key = (name: string) => ({ kind: 'api-key' as const, options: { in: 'header', name, prefix: '' } });
    const service: ServiceData = {
      key: 'shop',
      name: 'Shop',
      baseUrl: 'https://{settings.region}.example.com',
      forms: [],
      auth: [{ name: 'both', proofs: [key('x-app'), key('x-key')] }],
      limits: [],
      operations: [],
      definitions: {},
    };
    const application = new DescribedApplication(service);
    expect(application.auth!.form!.fields.map((one) => [one.key, one.label])).toEqual([
      ['key', 'API key (x-app)'],
      ['key2', 'API key (x-key)'],
    ]);
    const install = new Install({
      application: 'shop',
      user: 'ann',
      enabled: true,
      revision: 1,
      settings: { credentials: { key: 'one', key2: 'two' }, settings: { region: 'eu' } },
      token: null,
      clear: {},
    });
    expect(await application.request('/a', {}, install)).toMatchObject({
      url: 'https://eu.example.com/a',
      headers: { 'x-app': 'one', 'x-key': 'two' },
      guard: true,
    });
    const answer = (status: number, body: unknown, headers = {}) =>
      application.read(
        new HttpResponse(
          status,
          { 'content-type': 'application/problem+json', ...headers },
          Buffer.from(JSON.stringify(body)),
        ),
        0,
      );
    expect(answer(404, { title: 'Not found', detail: 'No such pet.' })).toEqual({
      code: 'shop.not_found',
      says: 'No such pet.',
    });
    expect(answer(422, { errors: [{ message: 'a' }, { message: 'b' }] })).toEqual({
      code: 'shop.invalid',
      says: 'a; b',
    });
    expect(answer(403, {}, { 'x-ratelimit-remaining': '0' })).toMatchObject({ verdict: 'limit' });
    expect(answer(200, { message: 'fine' })).toBeUndefined();
  });
});
