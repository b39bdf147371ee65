import { describe, expect, test } from 'vitest';
import { readDescription, type ServiceOptions, serviceOf } from '../index.ts';
import { mayRunAway } from '../reading/patterns.ts';

const OK = { 200: { content: { 'application/json': { schema: { type: 'object' } } } } };
const read = (more: object, options: ServiceOptions = {}) => {
  const described = readDescription(
    JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop' }, paths: { '/a': { get: { responses: OK } } }, ...more }),
  );
  if (!described.ok) throw new Error(JSON.stringify(described.problems));
  return serviceOf(described.described, options);
};

describe('a description as a service', () => {
  test('B17: security schemes are ways to prove who asks: what processes do alone comes first, what nobody can do is named', () => {
    const flow = { authorizationUrl: '/authorize', tokenUrl: '/token', scopes: { read: 'r' } };
    const { service, leftOut } = read({
      servers: [{ url: 'https://shop.example.com/v1' }],
      components: {
        securitySchemes: {
          basic: { type: 'http', scheme: 'basic' },
          key: { type: 'apiKey', in: 'cookie', name: 'sid' },
          token: { type: 'http', scheme: 'Bearer' },
          oauth: { type: 'oauth2', flows: { implicit: {}, authorizationCode: flow } },
          machine: { type: 'oauth2', flows: { clientCredentials: flow } },
          implicit: { type: 'oauth2', flows: { implicit: flow } },
          digest: { type: 'http', scheme: 'digest' },
        },
      },
    });
    expect(service.auth.map(({ name, proofs: [proof] }) => `${name} ${proof!.kind}`)).toEqual([
      'oauth oauth2',
      'machine oauth2',
      'token bearer',
      'key api-key',
      'basic basic',
    ]);
    expect(service.auth[0]!.proofs[0]).toMatchObject({
      grant: 'authorization-code',
      authorizationUrl: 'https://shop.example.com/authorize',
      tokenUrl: 'https://shop.example.com/token',
      scopes: ['read'],
    });
    expect(service.auth[1]!.proofs[0]).toMatchObject({ grant: 'client-credentials' });
    expect(leftOut.map(({ pointer }) => pointer)).toEqual([
      '/components/securitySchemes/implicit',
      '/components/securitySchemes/digest',
    ]);
    const openId = read({
      components: {
        securitySchemes: {
          id: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example.com/.well-known/openid-configuration' },
        },
      },
    }).service;
    expect(openId.auth[0]!.proofs[0]).toMatchObject({ kind: 'oauth2', tokenUrl: '{openid.tokenUrl}' });
    expect(openId.forms.map(({ key }) => key)).toContain('openid');
    const both = read({
      security: [{ a: [], b: [] }],
      components: {
        securitySchemes: {
          a: { type: 'apiKey', in: 'header', name: 'A' },
          b: { type: 'apiKey', in: 'query', name: 'b' },
        },
      },
    }).service;
    expect(both.auth).toMatchObject([{ name: 'a+b', proofs: [{}, {}] }]);
  });

  test('B17: servers are the address: variables and what is missing are asked, several are a choice', () => {
    const address = (servers: unknown) => {
      const { baseUrl, forms } = read({ servers }).service;
      return [baseUrl, forms.flatMap(({ fields }) => fields.map(({ key, type }) => `${key} ${type}`))];
    };
    expect(address([{ url: 'https://a.example.com/v1/' }])).toEqual(['https://a.example.com/v1', []]);
    expect(
      address([
        {
          url: '{scheme}://{tenant}.example.com/{v}',
          variables: { tenant: {}, v: { enum: ['1', '2'], default: '1' } },
        },
      ]),
    ).toEqual(['https://{settings.tenant}.example.com/{settings.v}', ['tenant text', 'v select']]);
    expect(address([{ url: '/api' }])).toEqual(['{settings.server}/api', ['server url']]);
    expect(address(undefined)).toEqual(['{settings.server}', ['server url']]);
    expect(address([{ url: 'https://a.example.com' }, { url: 'https://b.example.com' }])).toEqual([
      '{settings.server}',
      ['server select'],
    ]);
    expect(address([{ url: 'file:///etc/passwd' }])).toEqual(['{settings.server}', ['server url']]);
  });

  test('B17: lists go on by what the description says, or by the names that services use', () => {
    const list = { type: 'array', items: { type: 'object' } };
    const pages = (parameters: string[], schema: object, more: object = {}, headers: object = {}) =>
      read({
        paths: {
          '/a': {
            get: {
              ...more,
              parameters: parameters.map((name) => ({
                name,
                in: 'query',
                schema: { type: /page|offset|limit/.test(name) && !/token/.test(name) ? 'integer' : 'string' },
              })),
              responses: { 200: { headers, content: { 'application/json': { schema } } } },
            },
          },
        },
      }).service.operations[0]!.pages;
    const around = (properties: object) => ({ type: 'object', properties: { data: list, ...properties } });
    expect(pages([], list)).toBeUndefined();
    expect(pages(['page', 'limit'], list)).toEqual({
      kind: 'page',
      items: '',
      parameter: 'page',
      first: 1,
      size: { parameter: 'limit', value: 100 },
    });
    expect(pages(['page'], list, {}, { Link: {} })).toEqual({ kind: 'link', items: '' });
    expect(pages(['offset'], around({}))).toEqual({ kind: 'offset', items: '/data', parameter: 'offset' });
    expect(
      pages(['cursor'], around({ meta: { type: 'object', properties: { next_cursor: { type: 'string' } } } })),
    ).toEqual({ kind: 'cursor', items: '/data', parameter: 'cursor', next: '/meta/next_cursor' });
    expect(pages(['page'], around({ links: { type: 'object', properties: { next: { type: 'string' } } } }))).toEqual({
      kind: 'next',
      items: '/data',
      next: '/links/next',
    });
    expect(
      pages([], around({ nextLink: { type: 'string' } }), {
        'x-ms-pageable': { nextLinkName: 'nextLink', itemName: 'data' },
      }),
    ).toEqual({ kind: 'next', items: '/data', next: '/nextLink' });
    expect(pages(['page'], list, { 'x-sluice-pages': false })).toBeUndefined();
    expect(pages(['p'], list, { 'x-sluice-pages': { kind: 'page', parameter: 'p', first: 0 } })).toMatchObject({
      parameter: 'p',
      first: 0,
    });
  });

  test('B17: names are unlike, and stay when they are known', () => {
    const paths = Object.fromEntries(
      [
        ['/x', 'issues/list-for-repo'],
        ['/y', 'listPets'],
        ['/z', 'list pets'],
        ['/v/{id}', undefined],
      ].map(([path, operationId]) => [path, { get: { operationId, responses: OK } }]),
    );
    const names = (options: ServiceOptions = {}) => read({ paths }, options).service.operations.map(({ name }) => name);
    expect(names()).toEqual(['list-issues-for-repo', 'list-pets', 'list-pets-2', 'get-v-id']);
    expect(names({ names: new Map([['GET /z', 'list-pets']]) })).toEqual([
      'list-issues-for-repo',
      'list-pets-2',
      'list-pets',
      'get-v-id',
    ]);
  });

  test('B17: what is broken is said with its place, all of it; what leads elsewhere is left out', () => {
    const { problems, leftOut, service } = read({
      paths: {
        '/a': {
          get: {
            parameters: [{ in: 'query' }, { name: 'x', in: 'body' }],
            requestBody: { $ref: '#/none' },
            responses: OK,
          },
        },
        '/../admin': { get: {} },
        '/q?x=1': { get: {} },
        '/b': 7,
        '/c': { get: 7, trace: {} },
      },
    });
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/paths/~1a/get/parameters/0',
      '/paths/~1a/get/parameters/1',
      '/paths/~1a/get/requestBody',
      '/paths/~1b',
      '/paths/~1c/get',
    ]);
    expect(leftOut.map(({ pointer }) => pointer)).toEqual([
      '/paths/~1..~1admin/get',
      '/paths/~1q?x=1/get',
      '/paths/~1c/trace',
    ]);
    expect(service.operations.map(({ path }) => path)).toEqual(['/a']);
  });

  test('B17: a pattern that could run away is not checked here', () => {
    for (const pattern of ['^(a+)+$', '(a|aa)*', '((a)*)*', '(x{1,9})+y'])
      expect(mayRunAway(pattern), pattern).toBe(true);
    for (const pattern of ['^[a-z(+)]+$', '\\(a+\\)+', '^(a|b)$', '(ab)+', '^\\d{4}(-\\d{2})?$'])
      expect(mayRunAway(pattern), pattern).toBe(false);
  });
});
