import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { type LiveWorker, liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('HTTP, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

interface Seen extends Pick<IncomingMessage, 'method' | 'url' | 'headers'> {
  readonly body: string;
}

describe('R15, R28: any service, without code for it', () => {
  const seen: Seen[] = [];
  let server: Server;
  let address = '';
  let worker: LiveWorker;
  const credentials = { kind: 'header', name: 'x-api-key', key: 'open-sesame' };
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method, url, headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() } as Seen;
      seen.push(one);
      const { status = 200, body, link } = answerTo(one);
      response
        .writeHead(status, { 'content-type': 'application/json', ...(link ? { link } : {}) })
        .end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const settings = { address, headers: { accept: 'application/json' } };
    worker = liveWorker({
      steps,
      installs: [
        ...['rest', 'graphql'].map((application) => ({
          application,
          token: false as const,
          settings: { settings, credentials },
        })),
        {
          application: 'rest',
          user: 'bob',
          token: false,
          settings: { settings, credentials: { kind: 'basic', user: 'bob', password: 'b' } },
        },
        {
          application: 'rest',
          user: 'eve',
          token: false,
          settings: { settings: { address: 'http://169.254.169.254' }, credentials: {} },
        },
        { application: 'rest-oauth2', token: 't1', settings: { settings, oauth: {}, credentials: {} } },
      ],
    });
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    await worker[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });

  /** Seven items, in whichever way they are asked for. */
  function answerTo({ url, body }: Seen): { status?: number; body: unknown; link?: string } {
    const { pathname, searchParams } = new URL(url!, 'http://x');
    const all = Array.from({ length: 7 }, (_, id) => ({ id }));
    if (pathname === '/v1/none') return { status: 404, body: { error: 'no such thing' } };
    if (pathname === '/v1/busy') return { status: 503, body: {} };
    if (pathname === '/v1/graphql' || (pathname === '/v1' && body !== '')) return graphqlAnswer(JSON.parse(body));
    if (!pathname.endsWith('/items')) return { body: { path: pathname } };
    const from = searchParams.has('page')
      ? (Number(searchParams.get('page')) - 1) * 3
      : Number(searchParams.get('offset') ?? searchParams.get('after') ?? 0);
    const page = all.slice(from, from + 3);
    const next = from + 3 < all.length ? from + 3 : null;
    const link = next !== null ? `<${address}/items?offset=${next}&kept=1>; rel="next"` : undefined;
    return { body: searchParams.has('plain') ? page : { data: page, next }, ...(link ? { link } : {}) };
  }
  function graphqlAnswer({ query, variables }: { query: string; variables: Record<string, unknown> }): {
    body: unknown;
  } {
    if (query.includes('__typename')) return { body: { data: { __typename: 'Query' } } };
    if (query.includes('refused'))
      return { body: { data: null, errors: [{ message: 'not yours', extensions: { code: 'FORBIDDEN' } }] } };
    if (query.includes('full'))
      return { body: { errors: [{ message: 'slow down', extensions: { code: 'THROTTLED' } }] } };
    if (query.includes('partial')) return { body: { data: { a: 1, b: null }, errors: [{ message: 'b failed' }] } };
    if (query.includes('stuck')) return { body: { data: { list: { nodes: [1], pageInfo: { hasNextPage: true } } } } };
    const from = Number(variables.cursor ?? 0);
    return {
      body: {
        data: {
          list: { edges: [{ node: from }], pageInfo: { hasNextPage: from < 2, endCursor: String(from + 1) } },
          variables,
        },
      },
    };
  }

  test('a request is what the message says, proven as the install says', async () => {
    seen.length = 0;
    expect(await worker.invoke(applications[0]!, { operation: 'test' } as never)).toMatchObject({ ok: true });
    const input = {
      method: 'PUT',
      path: '/orders/{id}/lines',
      values: { id: 'a/../b?c#d é' },
      query: { full: true },
      content: { n: 1 },
      headers: { 'x-own': '1' },
    };
    expect((await worker.run('rest-send-request', input)).json()).toMatchObject({ status: 200, encoding: 'json' });
    expect(seen.at(-1)).toMatchObject({
      method: 'PUT',
      url: '/v1/orders/a%2F..%2Fb%3Fc%23d%20%C3%A9/lines?full=true',
      body: '{"n":1}',
      headers: {
        'x-api-key': 'open-sesame',
        'x-own': '1',
        accept: 'application/json',
        'content-type': 'application/json',
        'idempotency-key': 'test-1',
      },
    });
    await worker.run('rest-send-request', { path: '/x', form: { a: 'é &', b: 1 } }, { user: 'bob' });
    expect(seen.at(-1)).toMatchObject({
      method: 'POST',
      body: 'a=%C3%A9+%26&b=1',
      headers: { authorization: `Basic ${Buffer.from('bob:b').toString('base64')}` },
    });
    await worker.run('rest-oauth2-send-request', { path: '/x' });
    expect(seen.at(-1)).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer t1' } });
  });

  test('pages of a list are found by number, offset, cursor and Link', async () => {
    const list = async (input: object) => {
      const pages = await worker.pages('rest-list-items', { path: '/items', ...input });
      return pages.map((page) => page.items.map((_, at) => page.json<{ id: number }>(at).id));
    };
    const wanted = [[0, 1, 2], [3, 4, 5], [6]];
    expect(await list({ items: '/data', paging: { by: 'page', size: 3, sizeParameter: 'limit' } })).toEqual(wanted);
    expect(await list({ items: '/data', paging: { by: 'offset', size: 3 } })).toEqual(wanted);
    expect(await list({ items: '/data', paging: { by: 'cursor', at: '/next', parameter: 'after' } })).toEqual(wanted);
    expect(await list({ items: '/data', paging: { by: 'link' } })).toEqual(wanted);
    expect(await list({ query: { plain: 1 } })).toEqual([[0, 1, 2]]);
    expect((await worker.run('rest-list-items', { path: '/items', items: '/other' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'rest.no_list',
    });
  });

  test('what a status means is said by its code, and may be said otherwise', async () => {
    const outcome = async (input: object, user = 'default') =>
      (await worker.run('rest-send-request', input, { user })).outcome;
    expect(await outcome({ path: '/none' })).toMatchObject({ kind: 'fail', code: 'rest.status_404' });
    expect(await outcome({ path: '/none', rules: { '404': 'ok' } })).toMatchObject({ kind: 'forward' });
    expect(await outcome({ path: '/busy' })).toMatchObject({ kind: 'redeliver' });
    expect(await outcome({ path: '/x' }, 'eve')).toMatchObject({ kind: 'fail', code: 'http.address_refused' });
    seen.length = 0;
    for (const wrong of [
      { path: '/a/../../b' },
      { path: '/a/%2e%2e/b' },
      { path: '//evil.example.com/x' },
      { path: '/a?b=c' },
      { path: '/{id}' },
      { path: '/{id}', values: { id: '..' } },
      { path: '/a\\..\\b' },
      { path: '/a', headers: { a: 'b\r\nc: d' } },
      { path: '/a', rules: { nope: 'ok' } },
      { path: '/a', method: 'TRACE' },
      {},
    ])
      expect(await outcome(wrong), JSON.stringify(wrong)).toMatchObject({ kind: 'fail', code: 'step.input_invalid' });
    expect(seen).toEqual([]);
  });

  test('R15: GraphQL: operations, errors by their code, connections page by page', async () => {
    expect(await worker.invoke(applications[2]!, { operation: 'test' } as never)).toMatchObject({ ok: true });
    const outcome = async (query: string, more = {}) =>
      (await worker.run('graphql-run-operation', { query, ...more })).outcome;
    expect(
      (await worker.run('graphql-run-operation', { query: 'query ($a: Int) { list }', variables: { a: 1 } })).json(),
    ).toMatchObject({ data: { variables: { a: 1 } } });
    expect(await outcome('{ refused }')).toMatchObject({
      kind: 'fail',
      code: 'graphql.forbidden',
      reason: expect.stringContaining('not yours'),
    });
    expect(await outcome('{ full }')).toMatchObject({ kind: 'limit' });
    expect(await outcome('{ partial }')).toMatchObject({ kind: 'fail', code: 'graphql.errors' });
    expect((await worker.run('graphql-run-operation', { query: '{ partial }', partial: true })).json()).toEqual({
      data: { a: 1, b: null },
      errors: [{ message: 'b failed' }],
    });
    const pages = await worker.pages('graphql-list-nodes', {
      query: 'query ($cursor: String) { list }',
      connection: '/list',
      after: 'cursor',
    });
    expect(pages.map((page) => page.json())).toEqual([0, 1, 2]);
    expect((await worker.run('graphql-list-nodes', { query: '{ stuck }', connection: '/list' })).outcome).toMatchObject(
      { kind: 'fail', code: 'paging.stuck' },
    );
    expect((await worker.run('graphql-list-nodes', { query: '{ x }', connection: '/other' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'graphql.no_connection',
    });
  });
});
