// The suite sees: each way in which a connector can ask another thing than its service describes is a failure in words.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  Application,
  type ApplicationContext,
  BearerAuth,
  Connector,
  type Context,
  type HttpResponse,
  type Message,
  type RequestOptions,
  schema,
} from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptance, exchangeTable, type Table } from '../acceptance.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-acceptance-'));
afterAll(() => rmSync(folder, { recursive: true }));

class Shop extends Application {
  readonly key = 'shop';
  readonly name = 'Shop';
  override readonly description = 'A shop';
  override readonly logo = 'data:image/png;base64,AAAA';
  override readonly website = 'https://shop.example.com';
  override readonly categories = ['commerce'] as const;
  readonly baseUrl: string = 'https://api.shop.example.com/v1';
  override readonly auth = new BearerAuth();
  override readonly limits = [{ amount: 1, windowMs: 1_000 }];
  override read({ status }: HttpResponse) {
    return status === 404 ? { code: 'shop.not_found' } : undefined;
  }
  override async test({ api }: ApplicationContext): Promise<string> {
    await api.send('/me');
    return 'Connected.';
  }
}

const right: RequestOptions & { path?: string } = { query: { lines: true }, headers: { 'x-part': 'a' } };

class CreateOrder extends Connector {
  readonly name: string = 'shop-create-order';
  override readonly description = 'Make an order';
  override readonly input = schema.object({ sku: schema.text('Article') }, ['sku']);
  override readonly output = schema.record({ id: schema.integer() });
  override readonly application: Application;
  readonly #send: (sku: string) => RequestOptions & { path?: string };
  constructor(send: (sku: string) => RequestOptions & { path?: string }, application: Application = new Shop()) {
    super();
    this.application = application;
    this.#send = send;
  }
  async process(message: Message, { api }: Context): Promise<unknown> {
    const { path = '/orders', ...options } = this.#send(message.json<{ sku: string }>().sku);
    return (await api.send(path, options)).json();
  }
}

/** Whatever came back is an order. */
const lenient = async (api: Context['api'], sku: string): Promise<unknown> => {
  await api.exchange('/orders', { ...right, json: { sku } });
  return { id: 1 };
};

const sent = { request: 'POST /v1/orders?lines=true', headers: { 'x-part': 'a' }, json: { sku: 'a' } };
const service = {
  origin: 'https://api.shop.example.com',
  applications: { shop: { settings: { credentials: { token: 't-1' } }, headers: { authorization: 'Bearer t-1' } } },
  always: [
    { title: 'full', answer: { status: 429, headers: { 'retry-after': '9' } }, outcome: { kind: 'limit', after: 9 } },
    { title: 'down', answer: { status: 500 }, outcome: { kind: 'redeliver' } },
  ],
};
const application = {
  cases: [
    {
      title: 'works',
      invoke: { operation: 'test' },
      exchanges: [{ request: 'GET /v1/me', answer: {} }],
      answers: { detail: 'Connected.' },
    },
    {
      title: 'does not',
      invoke: { operation: 'test' },
      exchanges: [{ request: 'GET /v1/me', answer: { status: 404 } }],
      fails: { code: 'shop.not_found', says: '404' },
    },
  ],
};
const orders = {
  endpoint: 'POST /v1/orders',
  see: 'https://shop.example.com/docs',
  cases: [
    {
      title: 'made',
      input: { sku: 'a' },
      exchanges: [{ ...sent, answer: { json: { id: 1 } } }],
      outcome: { kind: 'forward' },
    },
    {
      title: 'not there',
      input: { sku: 'a' },
      exchanges: [{ ...sent, answer: { status: 404 } }],
      outcome: { kind: 'fail', code: 'shop.not_found', says: '404' },
    },
  ],
  refused: [{ input: {}, says: "must have required property 'sku'" }],
};

/** @returns what fails, by title */
async function failures(
  step: Connector,
  files: { service?: object; application?: object; orders?: object } = {},
): Promise<Record<string, string>> {
  writeFileSync(join(folder, 'service.json'), JSON.stringify(files.service ?? service));
  writeFileSync(join(folder, 'application.json'), JSON.stringify(files.application ?? application));
  writeFileSync(join(folder, 'create-order.json'), JSON.stringify(files.orders ?? orders));
  const checks = acceptance({
    applications: [step.application!],
    steps: [step],
    exchanges: pathToFileURL(`${folder}/`),
    readme: pathToFileURL(join(folder, 'README.md')),
  });
  const failed: Record<string, string> = {};
  for (const { title, run } of checks)
    await run().catch((error: Error) => Object.assign(failed, { [title]: error.message }));
  return failed;
}

describe('the acceptance of connectors', () => {
  beforeAll(async () => {
    writeFileSync(join(folder, 'README.md'), '# Shop\n\n<!-- connectors -->\n<!-- /connectors -->\n');
    process.env.SLUICE_UPDATE = '1';
    await failures(new CreateOrder((sku) => ({ ...right, json: { sku } })));
    delete process.env.SLUICE_UPDATE;
  });

  test('R19: a connector that asks what is described passes', async () => {
    expect(await failures(new CreateOrder((sku) => ({ ...right, json: { sku } })))).toEqual({});
  });

  test.each<[string, (sku: string) => RequestOptions & { path?: string }, string]>([
    [
      'another method',
      (sku) => ({ ...right, json: { sku }, method: 'PUT' }),
      'PUT https://api.shop.example.com/v1/orders',
    ],
    ['another path', (sku) => ({ ...right, json: { sku }, path: '/order' }), '/v1/order'],
    [
      'a query that is missing',
      (sku) => ({ ...right, query: {}, json: { sku } }),
      'query /lines is missing, "true" was expected',
    ],
    [
      'another value in the query',
      (sku) => ({ ...right, query: { lines: false }, json: { sku } }),
      'query /lines is "false", "true" was expected',
    ],
    [
      'a query more',
      (sku) => ({ ...right, query: { ...right.query, a: 1 }, json: { sku } }),
      'query /a was not announced, it is "1"',
    ],
    ['a header that is missing', (sku) => ({ ...right, headers: {}, json: { sku } }), 'header /x-part is missing'],
    [
      'a header more',
      (sku) => ({ ...right, headers: { ...right.headers, 'x-more': '1' }, json: { sku } }),
      'header /x-more was not announced',
    ],
    [
      'a cookie',
      (sku) => ({ ...right, headers: { ...right.headers, cookie: 'a=b' }, json: { sku } }),
      'header /cookie was not announced',
    ],
    ['another body', (sku) => ({ ...right, json: { sku, more: [1] } }), 'body /more was not announced, it is [1]'],
    ['no body', () => ({ ...right, method: 'POST' }), 'body it is null'],
    ['a form for JSON', (sku) => ({ ...right, method: 'POST', body: `sku=${sku}` }), 'header /content-type is missing'],
  ])('R15: %s fails, and is named', async (_what, send, words) => {
    const failed = await failures(new CreateOrder(send));
    expect(failed['R15, R29: shop-create-order: made']).toContain(words);
  });

  test('R15: another host, and an address without TLS, fail', async () => {
    const at = (baseUrl: string) =>
      new CreateOrder(
        (sku) => ({ ...right, json: { sku } }),
        new (class extends Shop {
          override readonly baseUrl = baseUrl;
        })(),
      );
    expect((await failures(at('https://evil.example.com/v1')))['R15, R29: shop-create-order: made']).toContain(
      'evil.example.com',
    );
    expect((await failures(at('http://api.shop.example.com/v1')))['R15, R29: shop-create-order: made']).toContain(
      'not sent by https',
    );
  });

  test('a request more, and one that is not made, fail', async () => {
    class Twice extends CreateOrder {
      override async process(message: Message, context: Context): Promise<unknown> {
        await super.process(message, context);
        return super.process(message, context);
      }
    }
    const more = await failures(new Twice((sku) => ({ ...right, json: { sku } })));
    expect(more['R15, R29: shop-create-order: made']).toContain('no request was expected any more');
    class Never extends CreateOrder {
      override async process(): Promise<unknown> {
        return { id: 1 };
      }
    }
    const none = await failures(new Never(() => ({})));
    expect(none['R15, R29: shop-create-order: made']).toContain('was never asked');
  });

  test('R25: a limit that waits another time fails', async () => {
    const always = [{ ...service.always[0]!, outcome: { kind: 'limit', after: 10 } }, service.always[1]];
    const failed = await failures(new CreateOrder((sku) => ({ ...right, json: { sku } })), {
      service: { ...service, always },
    });
    expect(failed['R25: shop-create-order: what may come instead of an answer']).toContain(
      'full: It waits 9000 ms; 10 s were expected',
    );
  });

  test.each<[string, (context: Context, sku: string) => Promise<unknown>]>([
    ['proof that is not taken (401)', async ({ api }, sku) => lenient(api, sku)],
    ['a conflict (409)', async ({ api }, sku) => lenient(api, sku)],
    [
      'no answer in time',
      async ({ api }, sku) =>
        api.send('/orders', { ...right, json: { sku } }).then(
          (answer) => answer.json(),
          () => ({ id: 1 }),
        ),
    ],
    [
      'half an answer',
      async ({ api }, sku) => {
        const answer = await api.send('/orders', { ...right, json: { sku } });
        try {
          return answer.json();
        } catch {
          return { id: 1 };
        }
      },
    ],
  ])('R25: a connector that takes %s for a success fails', async (title, run) => {
    class Careless extends CreateOrder {
      override process(message: Message, context: Context): Promise<unknown> {
        return run(context, message.json<{ sku: string }>().sku);
      }
    }
    const failed = await failures(new Careless(() => ({})));
    expect(failed['R25: shop-create-order: what may come instead of an answer']).toContain(`${title}: The outcome is`);
  });

  test('E6: a repeat that is another request fails', async () => {
    const key = () => ({ ...right, headers: { ...right.headers, 'idempotency-key': `${Math.random()}` } });
    const failed = await failures(new CreateOrder((sku) => ({ ...key(), json: { sku } })));
    expect(failed['R15, R29: shop-create-order: made']).toContain('test-1 was expected at every repeat');
  });

  test('exchanges can be a table: a row for each connector, with the cases that follow from it', async () => {
    const { endpoint, see } = orders;
    const row = { endpoint, see, needs: ['sku'], input: { sku: 'a' }, ...sent, answer: { id: 1 } };
    const run = async (connectors: Table['connectors']) => {
      const step = new CreateOrder((sku) => ({ ...right, json: { sku } }));
      const exchanges = exchangeTable({
        service: service as Table['service'],
        application: application.cases,
        connectors,
      });
      const checks = acceptance({
        applications: [step.application!],
        steps: [step],
        exchanges,
        readme: pathToFileURL(join(folder, 'README.md')),
      });
      const problems: string[] = [];
      for (const check of checks) await check.run().catch((error: Error) => problems.push(error.message));
      return problems.join('\n');
    };
    const gone = { input: { sku: 'a' }, ...sent, status: 404, fails: 'shop.not_found: 404' } as const;
    expect(await run({ 'create-order': { ...row, more: [gone] } })).toBe('');
    expect(await run({ 'create-order': { ...row, json: { sku: 'b' }, more: [gone] } })).toContain('body /sku is "a"');
    expect(await run({ 'create-order': { ...row, needs: ['sku', 'lines'], more: [gone] } })).toContain(
      'no request was expected any more',
    );
  });

  test('R27: what is not shown, not named, or asks two endpoints, fails', async () => {
    const elsewhere = {
      ...orders.cases[1]!,
      exchanges: [{ ...orders.cases[1]!.exchanges[0]!, request: 'POST /v1/orders/lines' }],
    };
    const cases = [orders.cases[0], elsewhere];
    const two = await failures(new CreateOrder((sku) => ({ ...right, json: { sku } })), {
      orders: { ...orders, cases },
    });
    expect(two['R15: shop-create-order is described, and shown when all goes well and when not']).toContain(
      'asks more than its one endpoint',
    );
    class Order extends CreateOrder {
      override readonly name = 'order';
    }
    const failed = Object.values(await failures(new Order(() => ({})))).join('\n');
    expect(failed).toContain('does not begin with the key of its application');
    const dumb = await failures(new CreateOrder((sku) => ({ ...right, json: { sku } })), {
      application: { cases: [] },
    });
    expect(Object.values(dumb).join()).toContain('has no case of a test that goes well');
  });

  test('R15: an application can be reached at an address of its own, with the beginning of the path', async () => {
    const relative = <T>(file: T): T => JSON.parse(JSON.stringify(file).replaceAll('/v1/', '/')) as T;
    const shop = { ...service.applications.shop, origin: 'https://api.shop.example.com/v1' };
    const failed = await failures(new CreateOrder((sku) => ({ ...right, json: { sku } })), {
      service: { ...service, origin: 'https://other.example.com', applications: { shop } },
      application: relative(application),
      orders: relative(orders),
    });
    expect(Object.keys(failed)).toEqual(['the README lists the connectors as they are']);
  });

  test('a case of one application is not played with another, and not of one that is not there', async () => {
    const other = { title: 'differs', invoke: { operation: 'test' }, exchanges: [], only: ['shop-token'] };
    const cases = [...application.cases, other];
    const both = { ...service.applications, 'shop-token': service.applications.shop };
    const step = new CreateOrder((sku) => ({ ...right, json: { sku } }));
    expect(await failures(step, { service: { ...service, applications: both }, application: { cases } })).toEqual({});
    await expect(failures(step, { application: { cases } })).rejects.toThrow(
      '"differs" is of the application "shop-token"',
    );
  });

  test('exchanges that cannot be read are refused with all that is wrong', async () => {
    const wrong = { ...orders, endpoint: 'orders', refused: [{}] };
    await expect(failures(new CreateOrder(() => ({})), { orders: wrong })).rejects.toThrow(
      /create-order\.json: endpoint .*refused/,
    );
  });
});
