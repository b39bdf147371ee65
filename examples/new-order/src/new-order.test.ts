// The demo without the world around it: its steps one by one, and the whole process, in this process and on a virtual clock.

import {
  type Expectation,
  everyCrash,
  type FlowOptions,
  remote,
  type SeenRequest,
  testFlow,
  testStep,
} from '@sluice/testing';
import { createTransport } from 'nodemailer';
import { describe, expect, test } from 'vitest';
import type { Order } from './order.ts';
import { type OrderFile, orderFiles } from './orders.ts';
import { ERP_WSDL } from './services/erp.ts';
import { Shelves } from './services/shelves.ts';
import { TOPOLOGY } from './set-up.ts';
import { BookStock } from './steps/book-stock.ts';
import { CreateSalesOrder } from './steps/create-sales-order.ts';
import { ParseOrder } from './steps/parse-order.ts';
import { SendConfirmation } from './steps/send-confirmation.ts';
import { TransformOrder } from './steps/transform-order.ts';

const ERP = 'https://erp.example.com/soap';
const erpStep = () => new CreateSalesOrder(ERP, ERP_WSDL);
const files = orderFiles();
const good = files.find(({ fate, mails }) => fate === 'finished' && mails)!;

const envelope = (body: string): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`;
const soapAnswer = (number: string) => ({
  headers: { 'content-type': 'text/xml' },
  body: envelope(
    `<CreateSalesOrderResponse xmlns="urn:example:erp"><salesOrder>${number}</salesOrder></CreateSalesOrderResponse>`,
  ),
});
const soapFault = (code: string, reason: string) => ({
  status: 500,
  headers: { 'content-type': 'text/xml' },
  body: envelope(`<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${reason}</faultstring></soap:Fault>`),
});

/** An ERP that knows a request it has seen, and blocked customers. */
function erp(salesOrders = new Map<string, string>()): Expectation {
  const field = ({ body }: SeenRequest, name: string): string =>
    new RegExp(`<(?:\\w+:)?${name}[^>]*>([^<]*)<`).exec(String(body))?.[1] ?? '';
  return {
    match: `POST ${ERP}`,
    times: 'any',
    answer: (request) => {
      if (/^blocked/i.test(field(request, 'customer'))) return soapFault('Client', 'The customer is blocked.');
      const key = field(request, 'requestId');
      const number = salesOrders.get(key) ?? `SO-${salesOrders.size + 1}`;
      salesOrders.set(key, number);
      return soapAnswer(number);
    },
  };
}

async function readOrder(file: OrderFile): Promise<Order> {
  const parsed = await testStep(new ParseOrder(), file.content, { contentType: 'application/xml' });
  return (await testStep(new TransformOrder(), parsed.json())).json<Order>();
}

describe('steps of the demo, one by one', () => {
  test('parse and transform make an order of every good file, and say of every bad one what a clerk can do', async () => {
    for (const file of files) {
      const parsed = await testStep(new ParseOrder(), file.content);
      const last = parsed.kind === 'forward' ? await testStep(new TransformOrder(), parsed.json()) : parsed;
      if (last.kind === 'forward') expect(last.json<Order>().id, file.file).toBe(file.order);
      else expect([file.file, last.reason]).toEqual([file.file, expect.stringContaining(file.reason!)]);
    }
  });

  test('R16: the ERP is asked by SOAP; its number goes on with the order', async () => {
    const order = await readOrder(good);
    const service = remote.script([
      { match: { method: 'POST', url: ERP, body: new RegExp(`>${order.id}<`) }, answer: soapAnswer('SO-7') },
    ]);
    const result = await testStep(erpStep(), order, { remote: service });
    expect(result.json()).toEqual({ ...order, salesOrder: 'SO-7' });
    expect(result.records).toContainEqual(expect.objectContaining({ type: 'metric', url: ERP, status: 200 }));
  });

  test('a fault of the business is trash, trouble of the ERP is repeated', async () => {
    const order = await readOrder(good);
    for (const [answer, kind, reason] of [
      [soapFault('Client', 'The customer is blocked.'), 'fail', 'Client: The customer is blocked.'],
      [soapFault('Server', 'Out of tables.'), 'redeliver', 'Server: Out of tables.'],
      [
        { status: 503, body: '<html>The ERP is being restarted.</html>' },
        'redeliver',
        'answered 503: <html>The ERP is',
      ],
      ['reset', 'redeliver', 'closed the connection'],
      ['timeout', 'redeliver', 'no answer within 1500 ms'],
    ] as const) {
      const service = remote.script([{ match: ERP, answer }]);
      const result = await testStep(erpStep(), order, { remote: service });
      expect([result.kind, result.reason]).toEqual([kind, expect.stringContaining(reason)]);
    }
  });

  test('the confirmation is one and the same mail however often it is sent', async () => {
    const order = { ...(await readOrder(good)), salesOrder: 'SO-7' };
    const { mails, step } = mailer();
    for (let i = 0; i < 2; i++) expect((await testStep(step, order)).json()).toEqual({ mailed: order.customer.email });
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect(mails[0]).toMatchObject({ subject: `Your order ${order.id} (SO-7)` });
  });
});

interface Mail {
  readonly messageId: string;
  readonly subject: string;
}

/** The step with a post office that keeps the mails instead of sending them. */
function mailer(): { mails: Mail[]; step: SendConfirmation } {
  const mails: Mail[] = [];
  const transport = createTransport({ jsonTransport: true });
  transport.use('stream', (mail, done) => {
    mails.push({ messageId: String(mail.data.messageId), subject: String(mail.data.subject) });
    done();
  });
  return { mails, step: new SendConfirmation(transport) };
}

async function demo(options: FlowOptions, exchanges: readonly Expectation[] = []) {
  const [shelves, salesOrders, { mails, step }] = [new Shelves(), new Map<string, string>(), mailer()];
  const flow = await testFlow(TOPOLOGY, {
    remote: remote.script([...exchanges, erp(salesOrders)]),
    workers: {
      'order-worker': { steps: [new ParseOrder(), new TransformOrder(), erpStep(), step] },
      'stock-service': { steps: [new BookStock(shelves)] },
    },
    ...options,
  });
  const send = (file: OrderFile) =>
    flow.start('order', file.content, { contentType: 'application/xml', idempotencyKey: `order-${file.order}` });
  return { flow, send, shelves, salesOrders, mails };
}

describe('the whole demo', () => {
  test('R42: every order file ends as its kind says, in an order of its own, without a server', async () => {
    const { flow, send, shelves, salesOrders, mails } = await demo({ seed: 42 });
    const originals = files.filter(({ fate }) => fate !== 'duplicate');
    const runs = await Promise.all(originals.map(async (file) => ({ file, run: await send(file) })));
    await flow.finish();
    for (const { file, run } of runs)
      expect([file.file, run.status]).toEqual([file.file, file.fate === 'trash' ? 'failed' : 'completed']);
    for (const file of files.filter(({ fate }) => fate === 'duplicate')) await send(file);
    await flow.settle();

    const finished = originals.filter(({ fate }) => fate === 'finished');
    expect([salesOrders.size, shelves.bookings]).toEqual([finished.length, finished.length]);
    expect(mails).toHaveLength(files.filter((file) => file.mails).length);
    expect(await flow.ledger()).toMatchObject({ accepted: originals.length, balanced: true });
    await flow.close();
  });

  test('the ERP is down for a while: the order waits, and is booked once', async () => {
    const down = { match: ERP, answer: [{ status: 503 }, 'reset', 'timeout'] } as const;
    const { flow, send, salesOrders, mails } = await demo({}, [down]);
    const run = await send(good);
    const waited = await flow.finish();
    expect([run.status, salesOrders.size, mails.length]).toEqual(['completed', 1, 1]);
    // 400, 800 and 1600 ms of pauses, and 1500 ms until nobody waits for the third answer any more.
    expect(waited).toBeGreaterThan(4_000);
    expect(waited).toBeLessThan(5_000);
    await flow.close();
  });

  test('B7: killed at every point of its way in turn, an order is booked once, and mailed as one mail', async () => {
    const crashes = await everyCrash(async (crash) => {
      const { flow, send, shelves, salesOrders, mails } = await demo({ crash });
      const run = await send(good);
      await flow.finish();
      expect([run.status, salesOrders.size, shelves.bookings]).toEqual(['completed', 1, 1]);
      expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
      await flow.close();
    });
    expect(crashes).toBeGreaterThan(25);
  });
});
