import { request } from 'node:http';
import {
  Application,
  Batch,
  Connector,
  type Context,
  Fail,
  join,
  LimitReached,
  type Link,
  type Message,
  type Method,
  method,
  reply,
  type Served,
  serve,
} from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CountingService, countingService } from './testing/counting-service.ts';
import { deployChain, type TestPlatform, TOKEN, testPlatform, until } from './testing/platform.ts';

const MB = 1024 * 1024;
const SIZE = 100 * MB;

/** What a stream under test has done so far. */
class Seen {
  made = 0;
  read = 0;
  ended = 0;
  ahead = 0;
  error = '';
}

let download = new Seen();
let upload = new Seen();
const remote: CountingService = await countingService();

class Shop extends Application {
  readonly key = 'shop';
  readonly name = 'Shop';
  readonly baseUrl = remote.url;
  override readonly methods: Record<string, Method> = {
    order: method({
      methods: ['GET', 'POST'],
      description: 'One order by its number',
      handle: async ({ segments, query }, context) => {
        const order = await context.run<{ path: string }>(getOrder, { id: segments[0] });
        return { order, tags: query.getAll('tag'), user: context.user };
      },
    }),
    typed: method({
      methods: ['GET', 'PUT'],
      input: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
      output: { type: 'object', required: ['twice'], properties: { twice: { type: 'integer' } } },
      handle: ({ input }) => {
        const { n } = input as { n: number };
        return n === 13 ? { thrice: n * 3 } : { twice: n * 2 };
      },
    }),
    all: method({
      handle: async (_request, context) => {
        const first = await context.run(listOrders);
        return { first, second: await context.run(listOrders, {}, { cursor: first.cursor }) };
      },
    }),
    chosen: method({
      methods: ['POST', 'DELETE', 'OPTIONS'],
      handle: async (request) =>
        reply({
          status: 207,
          headers: { 'X-Seen': JSON.stringify(request.headers), 'content-type': 'image/png', 'set-cookie': 'a=b' },
          body: await request.bytes(),
        }),
    }),
    verdict: method({
      handle: ({ query }) => {
        if (query.get('of') === 'fail') throw new Fail('There is none.', { code: 'stock.none' });
        if (query.get('of') === 'full') throw new LimitReached('Full.', { retryAfterMs: 9_990 });
        if (query.get('of') === 'header') return reply({ headers: { 'x-bad': 'a\r\nb' } });
        throw new Error('unexpected');
      },
    }),
    download: method({
      handle: (request) => {
        const seen = download;
        const breaksAt = Number(request.query.get('breaks') ?? Number.POSITIVE_INFINITY);
        async function* body() {
          try {
            for (; seen.made < SIZE; seen.made += 256 * 1024) {
              if (seen.made >= breaksAt) throw new Error('the remote side broke off');
              seen.ahead = Math.max(seen.ahead, seen.made - seen.read);
              yield Buffer.alloc(256 * 1024, 97);
            }
          } finally {
            seen.ended++;
          }
        }
        return reply({ headers: { 'content-type': 'text/plain' }, body: body() });
      },
    }),
    upload: method({
      methods: ['POST'],
      handle: async (request, { signal }) => {
        const seen = upload;
        signal.addEventListener('abort', () => seen.ended++);
        try {
          for await (const chunk of request.stream()) {
            seen.read += chunk.byteLength;
            seen.ahead = Math.max(seen.ahead, seen.made - seen.read);
            if (seen.read % (4 * MB) < chunk.byteLength) await new Promise((resolve) => setTimeout(resolve, 5));
          }
        } catch (error) {
          seen.error = (error as Error).message;
          throw error;
        }
        return { bytes: seen.read };
      },
    }),
    waits: method({
      handle: (_request, { signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)),
    }),
  };
}
const shop = new Shop();

class GetOrder extends Connector {
  readonly name = 'get-order';
  override readonly application = shop;
  override readonly input = { type: 'object', required: ['id'] };
  async process(message: Message, { api }: Context): Promise<unknown> {
    return (await api.send(`/orders/${message.json<{ id: string }>().id}`)).json();
  }
}
const getOrder = new GetOrder();

class ListOrders extends Batch {
  readonly name = 'list-orders';
  override readonly application = shop;
  process(_message: Message, { cursor }: Context) {
    return cursor === null ? { items: [{ id: 1 }, { id: 2 }], cursor: '2' } : { items: [{ id: 3 }] };
  }
}
const listOrders = new ListOrders();

describe.each(['link', 'http'] as const)('methods of an application at a worker by %s', (transport) => {
  let p: TestPlatform;
  let link: Link | null = null;
  let served: Served | null = null;

  beforeAll(async () => {
    p = await testPlatform();
    const steps = [getOrder, listOrders];
    if (transport === 'link') {
      const { token } = await p.client.workers.register({ name: 'shop' });
      link = join({ steps, applications: [shop], url: p.url, token: token!, onState: () => {} });
      await link.ready;
    } else {
      // The worker learns its secret before it is there: it is registered twice.
      const { secret, token } = await p.client.workers.register({
        name: 'shop',
        url: 'http://127.0.0.1:9',
        sign: true,
      });
      served = await serve({
        steps,
        applications: [shop],
        onRecord: () => {},
        secret: secret!,
        platform: { url: p.url, token: token! },
      });
      await p.client.workers.register({ name: 'shop', url: served.url });
    }
  });
  afterAll(async () => {
    await link?.close();
    await p.close();
    await served?.close();
  });

  const url = (path: string): string => `/sync/applications/shop/${path}`;
  const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

  test('R46, R47: a method reuses the connector of a process, for the user that was named, and gives JSON', async () => {
    const answer = await p.fetch(url('order/a%2Fb?tag=x&user=ann&tag=y'));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      order: expect.objectContaining({ path: '/orders/a/b' }),
      tags: ['x', 'y'],
      user: 'ann',
    });
    await deployChain(p, 'orders', { id: 'get', kind: 'connector', worker: 'shop', action: 'get-order' });
    const before = remote.requests.length;
    await p.client.run('orders', 'start', { body: '{"id":"7"}' });
    await until('the step called', () => remote.requests.length > before);
    expect(remote.requests.at(-1)!.path).toBe('/orders/7');
  });

  test('the client calls methods and actions, and throws what went wrong under the code of the step', async () => {
    const { sync } = p.client;
    const order = await sync.method('shop', 'order', { path: '5', query: { tag: 'x' }, user: 'ann' });
    expect(order.json()).toMatchObject({ order: { path: '/orders/5' }, tags: ['x'], user: 'ann' });
    const chosen = await sync.method('shop', 'chosen', { body: new Uint8Array([0xff, 1]), contentType: 'image/png' });
    expect([chosen.status, [...chosen.bytes]]).toEqual([207, [0xff, 1]]);
    expect((await sync.call('shop', 'get-order', { json: { id: 6 } })).json()).toMatchObject({ path: '/orders/6' });
    await expect(sync.call('shop', 'get-order', { json: {} })).rejects.toMatchObject({
      status: 422,
      code: 'step.input_invalid',
      problems: ["the body must have required property 'id'"],
    });
  });

  test('a connector in a method checks its input as everywhere else', async () => {
    const answer = await p.fetch(url('order'), { method: 'GET' });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      code: 'step.input_invalid',
      problems: ["the body must have required property 'id'"],
    });
  });

  test('a method runs a batch page by page', async () => {
    expect(await (await p.fetch(url('all'))).json()).toEqual({
      first: { items: [{ id: 1 }, { id: 2 }], cursor: '2' },
      second: { items: [{ id: 3 }], cursor: null },
    });
  });

  test('input and output are checked: query parameters as numbers, bodies as JSON', async () => {
    expect(await (await p.fetch(url('typed?n=21'))).json()).toEqual({ twice: 42 });
    const put = { method: 'PUT', headers: { 'content-type': 'application/json' } };
    expect(await (await p.fetch(url('typed'), { ...put, body: '{"n":4}' })).json()).toEqual({ twice: 8 });
    const wrong = await p.fetch(url('typed?n=much'));
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ code: 'step.input_invalid', problems: ['/n must be integer'] });
    expect(await codeOf(await p.fetch(url('typed'), { ...put, body: '{"n":"4"}' }))).toEqual([
      422,
      'step.input_invalid',
    ]);
    expect(await codeOf(await p.fetch(url('typed'), { ...put, body: 'no json' }))).toEqual([422, 'step.input_invalid']);
    expect(await codeOf(await p.fetch(url('typed?n=13')))).toEqual([502, 'step.failed']);
  });

  test('R47: status, headers and bytes are those the method chose; credentials do not reach it', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const answer = await p.fetch(url('chosen'), {
      method: 'POST',
      body: bytes,
      headers: { 'x-one': '1', cookie: 'session=1', 'content-type': 'image/png' },
    });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('set-cookie')]).toEqual([
      207,
      'image/png',
      null,
    ]);
    const seen = JSON.parse(answer.headers.get('x-seen')!) as Record<string, string>;
    expect(seen).toMatchObject({ 'x-one': '1', 'content-type': 'image/png' });
    expect(Object.keys(seen).filter((name) => /^(authorization|cookie|host|sluice-|connection)/.test(name))).toEqual(
      [],
    );
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
  });

  test('HTTP methods: the declared ones, HEAD where GET is, OPTIONS always; 405 with Allow otherwise', async () => {
    const refused = await p.fetch(url('order'), { method: 'DELETE' });
    expect(refused.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    expect(await codeOf(refused)).toEqual([405, 'sync.method_not_allowed']);
    const options = await p.fetch(url('order'), { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
    expect((await p.fetch(url('chosen'), { method: 'OPTIONS' })).status).toBe(207);
    const head = await p.fetch(url('typed?n=1'), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'application/json; charset=utf-8',
      '',
    ]);
    download = new Seen();
    expect((await p.fetch(url('download'), { method: 'HEAD' })).status).toBe(200);
    expect(download.made).toBe(0);
  });

  test('R47: verdicts and mistakes of a method are statuses', async () => {
    expect(await codeOf(await p.fetch(url('verdict?of=fail')))).toEqual([422, 'stock.none']);
    expect(await codeOf(await p.fetch(url('verdict')))).toEqual([502, 'step.failed']);
    expect(await codeOf(await p.fetch(url('verdict?of=header')))).toEqual([502, 'step.failed']);
    const full = await p.fetch(url('verdict?of=full&user=crowd'));
    expect(full.headers.get('retry-after')).toBe('10');
    expect(await codeOf(full)).toEqual([429, 'limit.reached']);
    expect(await codeOf(await p.fetch(url('nothing')))).toEqual([404, 'application.no_such_part']);
    expect(await codeOf(await p.fetch('/sync/applications/none/x'))).toEqual([404, 'application.unknown']);
    const late = await p.fetch(url('waits'), { headers: { 'sluice-timeout': '200ms' } });
    expect(await codeOf(late)).toEqual([504, 'sync.unanswered']);
  });

  test('a path cannot lead out of the method', async () => {
    // As it is: an address would be tidied up before it is sent.
    const path = url('order/%2e%2e/%2e%2e/invoke');
    const { port } = new URL(p.url);
    const status = await new Promise((resolve) =>
      request({ host: '127.0.0.1', port, path, headers: { authorization: `Bearer ${TOKEN}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end(),
    );
    expect(status).toBe(400);
  });

  test('B12: a hundred megabytes go out to a slow reader, and no more is made than it takes', async () => {
    download = new Seen();
    const answer = await p.fetch(url('download'));
    for await (const chunk of answer.body! as unknown as AsyncIterable<Uint8Array>) {
      const before = download.read;
      download.read += chunk.byteLength;
      if (before === 0) await until('the sender stands still', stands(download));
    }
    expect(download.read).toBe(SIZE);
    expect(download.ahead).toBeLessThan(24 * MB);
    expect(download.ended).toBe(1);
  }, 120_000);

  test('B12: a hundred megabytes come in to a slow method, and no more is sent than it takes', async () => {
    upload = new Seen();
    const seen = upload;
    async function* body() {
      for (; seen.made < SIZE; seen.made += 256 * 1024) yield Buffer.alloc(256 * 1024, 97);
    }
    const answer = await p.fetch(url('upload'), {
      method: 'POST',
      body: body(),
      duplex: 'half',
    } as unknown as RequestInit);
    expect(await answer.json()).toEqual({ bytes: SIZE });
    expect(seen.ahead).toBeLessThan(24 * MB);
  }, 120_000);

  test('a reader that goes away in the middle ends the body of the method', async () => {
    download = new Seen();
    const controller = new AbortController();
    const answer = await p.fetch(url('download'), { signal: controller.signal });
    await answer.body!.getReader().read();
    controller.abort();
    await until('the body was ended', () => download.ended === 1);
    expect(download.made).toBeLessThan(SIZE);
  });

  test('a body that breaks off is no whole answer', async () => {
    download = new Seen();
    const answer = await p.fetch(url(`download?breaks=${MB}`));
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(await (await p.fetch(url('typed?n=1'))).json()).toEqual({ twice: 2 });
  });

  test('a sender that goes away in the middle ends the method', async () => {
    upload = new Seen();
    const { port } = new URL(p.url);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const sender = request({ host: '127.0.0.1', port, path: url('upload'), method: 'POST', headers });
    sender.on('error', () => {});
    sender.write(Buffer.alloc(3 * MB, 97));
    await until('the method has some of it', () => upload.read > MB);
    sender.destroy();
    await until('the method was told', () => upload.ended > 0 && upload.error !== '');
  });
});

/** Nothing was made since the last look. */
function stands(seen: Seen): () => boolean {
  let last = -1;
  let same = 0;
  return () => {
    same = seen.made === last ? same + 1 : 0;
    last = seen.made;
    return same > 20;
  };
}

test('R48: one address fronts a service of our own and a service far away', async () => {
  const p = await testPlatform();
  const { token } = await p.client.workers.register({ name: 'own' });
  const link = join({ steps: [getOrder], applications: [shop], url: p.url, token: token!, onState: () => {} });
  await link.ready;
  const own = await p.fetch('/sync/applications/shop/typed?n=2');
  const far = await p.fetch('/sync/workers/own/get-order', { method: 'POST', body: '{"id":"9"}' });
  expect([await own.json(), await far.json()]).toEqual([{ twice: 4 }, { path: '/orders/9', body: '' }]);
  const before = await p.client.ledger();
  expect(before.accepted).toBe(0);
  await link.close();
  await p.close();
});

afterAll(() => remote.close());
