import { isolatedExpressions } from '@sluice/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, json, type World, world } from '../../testing/world.ts';

describe('content of requests and answers', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());
  const answering = (value: unknown, status = 200): void =>
    w.serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    });

  test('R54: with a mapping in and out the client sees its own shape, and the service its own', async () => {
    await w.route('mapped', {
      path: '/mapped/{shop}',
      request: { map: '{"customer": body.who, "shop": params.shop, "fast": query.fast = "1", "by": method}' },
      response: { map: '{"number": body.id, "ok": status = 201}' },
    });
    answering({ id: 17, secret: 'x' }, 201);
    const answer = await w.call('/mapped/berlin?fast=1', json({ who: 'Ada' }));
    expect([answer.status, await answer.json()]).toEqual([201, { number: 17, ok: true }]);
    expect(JSON.parse(w.seen.at(-1)!.body)).toEqual({ customer: 'Ada', shop: 'berlin', fast: true, by: 'POST' });
    expect(w.seen.at(-1)!.request.headers['content-length']).toBe(String(w.seen.at(-1)!.body.length));
  });

  test('a body is judged before anything is called, and all that is wrong is said', async () => {
    await w.route('judged', {
      request: {
        schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
        query: { properties: { page: { type: 'integer', minimum: 1 } } },
      },
    });
    answering({});
    const before = w.seen.length;
    const wrong = await w.call('/judged', json({ id: 'x' }));
    expect([wrong.status, ((await wrong.json()) as { problems: unknown }).problems]).toEqual([
      422,
      [{ in: 'body', pointer: '/id', message: 'must be integer, is string' }],
    ]);
    expect(await codeOf(await w.call('/judged?page=0', json({ id: 1 })))).toEqual([422, 'gateway.request_invalid']);
    expect(
      await codeOf(
        await w.call('/judged', { method: 'POST', body: '{"id":', headers: { 'content-type': 'application/json' } }),
      ),
    ).toEqual([400, 'gateway.body_unreadable']);
    expect(
      await codeOf(await w.call('/judged', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } })),
    ).toEqual([415, 'gateway.format_refused']);
    expect(
      await codeOf(await w.call('/judged', json({}, { 'content-type': 'application/json; charset=klingon' }))),
    ).toEqual([415, 'gateway.format_refused']);
    expect(await codeOf(await w.call('/judged', json({}, { 'content-encoding': 'gzip' })))).toEqual([
      415,
      'gateway.format_refused',
    ]);
    expect(w.seen).toHaveLength(before);
    expect((await w.call('/judged?page=2', json({ id: 1 }))).status).toBe(200);
  });

  test('parameters of the path are judged beside the query, each read as the type that its schema wants', async () => {
    await w.route('placed', {
      path: '/placed/{id}/{kind}/{rest*}',
      request: {
        params: {
          additionalProperties: false,
          properties: {
            id: { $ref: '#/$defs/id' },
            kind: { enum: ['a', 7] },
            rest: { type: 'string', maxLength: 5 },
          },
          $defs: { id: { type: ['integer', 'null'], minimum: 1 } },
        },
        query: { properties: { page: { allOf: [{ type: 'integer' }] } } },
      },
    });
    answering({});
    const before = w.seen.length;
    const wrong = await w.call('/placed/x/8/a/b/c/d?page=two');
    const { code, problems } = (await wrong.json()) as { code: string; problems: { in: string; pointer: string }[] };
    expect([wrong.status, code]).toEqual([422, 'gateway.request_invalid']);
    expect(problems.map((problem) => `${problem.in}${problem.pointer}`)).toEqual([
      'path/id',
      'path/kind',
      'path/rest',
      'query/page',
    ]);
    expect(w.seen).toHaveLength(before);
    expect((await w.call('/placed/0/a/b')).status).toBe(422);
    for (const path of ['/placed/9223372036854775807/a/b', '/placed/1/7/b/c?page=2'])
      expect((await w.call(path)).status, path).toBe(200);
  });

  test('what is said when all did not go well is handed on as it is, whatever the schema of the answer', async () => {
    await w.route('told', { response: { schema: { type: 'object', required: ['id'] } } });
    for (const [status, type, body] of [
      [400, 'application/json', '{"why":"so"}'],
      [503, 'application/json', '{"cut'],
      [502, 'text/html', '<h1>away</h1>'],
      [302, 'application/json', '{"see":"there"}'],
      [307, 'text/html', 'elsewhere'],
    ] as const) {
      w.serve((_request, response) => {
        response.writeHead(status, { 'content-type': type, location: '/there' });
        response.end(body);
      });
      const answer = await w.call('/told', { redirect: 'manual' });
      expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([status, type, body]);
    }
    await w.route('told-and-mapped', { response: { map: '{"number": body.id}' } });
    w.serve((_request, response) => response.writeHead(500, { 'content-type': 'application/json' }).end('{"cut'));
    const mapped = await w.call('/told-and-mapped');
    expect([mapped.status, await mapped.text()]).toEqual([500, '{"cut']);
  });

  test('an answer that breaks its schema becomes 502; one that failed is handed on', async () => {
    await w.route('promised', { response: { schema: { type: 'object', required: ['id'] } } });
    answering({ name: 1 });
    expect(await codeOf(await w.call('/promised'))).toEqual([502, 'gateway.answer_invalid']);
    answering({ name: 1 }, 404);
    expect((await w.call('/promised')).status).toBe(404);
  });

  test('XML in and CSV out, where the service knows JSON only', async () => {
    await w.route('formats', {
      request: { accepts: ['json', 'xml'] },
      response: { produces: ['json', 'csv', 'xml'] },
    });
    answering([{ id: 1, name: 'é' }]);
    const answer = await w.call('/formats', {
      method: 'POST',
      headers: { 'content-type': 'application/xml; charset=iso-8859-1', accept: 'text/csv' },
      body: Buffer.from('<order><id>é</id></order>', 'latin1'),
    });
    expect([answer.headers.get('content-type'), answer.headers.get('vary'), await answer.text()]).toEqual([
      'text/csv; charset=utf-8',
      'accept',
      'id,name\r\n1,é\r\n',
    ]);
    expect(w.seen.at(-1)!.body).toBe('{"order":{"id":"é"}}');
    expect(await codeOf(await w.call('/formats', { headers: { accept: 'image/png' } }))).toEqual([
      406,
      'gateway.not_acceptable',
    ]);
  });

  test('a bomb in a mapping is refused with a clear problem, and another route answers before that', async () => {
    const expressions = isolatedExpressions({ limitMs: 2_000, memoryMb: 64 });
    const own = await world({ expressions });
    await own.route('bomb', { request: { map: '($f := function($n) { $f($n + 1) }; $f(0))' } });
    await own.route('wide', { request: { map: '$join([1..3000000].("xxxxxxxxxxxxxxxx"))' } });
    await own.route('plain');
    const ended: string[] = [];
    const bomb = own.call('/bomb', json({})).then(async (answer) => {
      ended.push('bomb');
      expect(await codeOf(answer)).toEqual([422, 'gateway.request_unmappable']);
    });
    expect((await own.call('/plain')).status).toBe(200);
    ended.push('plain');
    await bomb;
    expect(ended).toEqual(['plain', 'bomb']);
    expect(await codeOf(await own.call('/wide', json({})))).toEqual([422, 'gateway.request_unmappable']);
    await own.close();
    await expressions.close();
  });

  test('a pattern for backtracking, deep JSON and XML entities are refused, and another route answers as before', async () => {
    await w.route('plain');
    await w.route('hostile', {
      request: { accepts: ['json', 'xml'], schema: { properties: { a: { type: 'string', pattern: '^(a|a)*$' } } } },
    });
    answering({});
    expect(await codeOf(await w.call('/hostile', json({ a: `${'a'.repeat(90_000)}!` })))).toEqual([
      422,
      'gateway.request_invalid',
    ]);
    const deep = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '['.repeat(500_000) };
    expect(await codeOf(await w.call('/hostile', deep))).toEqual([400, 'gateway.body_unreadable']);
    const xml = {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    };
    expect(await codeOf(await w.call('/hostile', xml))).toEqual([400, 'gateway.body_unreadable']);
    expect((await w.call('/plain')).status).toBe(200);
  });

  test('a body that must be read whole is bounded, also where nobody said how much', async () => {
    expect(await codeOf(await w.call('/judged', json({ id: 'x'.repeat(1_100_000) })))).toEqual([
      413,
      'gateway.too_large',
    ]);
  });

  test('what cannot be used is refused when it is saved', async () => {
    const problems = async (definition: object): Promise<string> =>
      w.route('bad', definition).then(String, (error: Error) => error.message);
    expect(await problems({ request: { map: '{"a": ' } })).toMatch(/request\.map is no JSONata expression/);
    expect(await problems({ request: { schema: { $ref: 'https://example.com/x' } } })).toMatch(
      /request\.schema .*leads out/,
    );
    expect(await problems({ request: { params: { type: 'text' } } })).toMatch(/request\.params .*"text"/);
    expect(await problems({ response: { headers: { set: { 'Transfer-Encoding': 'chunked' } } } })).toMatch(
      /belongs to the connection/,
    );
    expect(await problems({ request: { headers: { set: { 'x-a': 'b\r\nx-c: d' } } } })).toMatch(/one line/);
    expect(await problems({ cors: { origins: ['*'], credentials: true } })).toMatch(/excludes credentials/);
    expect(await problems({ cors: { origins: ['https://example.com/'] } })).toMatch(/no origin/);
  });
});
