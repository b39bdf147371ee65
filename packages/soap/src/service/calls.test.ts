import { Application, type Auth, BasicAuth, BearerAuth, HttpSender, local, type Message } from '@sluice/sdk';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  parseWsdl,
  rawSoap,
  SoapConnector,
  SoapFault,
  type SoapSecurity,
  soapService,
  usernameToken,
  xml,
} from '../index.ts';
import { callOf } from '../testing/call-of.ts';
import { folderWith } from '../testing/folder.ts';
import { running } from '../testing/running.ts';
import { ENVELOPES, envelope, type Served, serving } from '../testing/server.ts';
import { ORDER, SHOP } from '../testing/shop.ts';
import { type ShopServer, shopServer } from '../testing/shop-server.ts';
import { rpcWsdl, wsdlOf } from '../testing/wsdl-of.ts';
import { readXml } from '../xml/read.ts';
import { contentOf } from '../xml/to-json.ts';
import type { XmlElement } from '../xml/tree.ts';

const folder = folderWith(SHOP);
const WSDL = folder.path('shop.wsdl');
afterAll(() => folder.remove());
const http = new HttpSender();

interface Placed {
  readonly number: number;
}

describe.each(['1.1', '1.2'] as const)('SOAP %s with a service of the library', (version) => {
  let shop: ShopServer;
  beforeAll(async () => {
    shop = await shopServer(WSDL, SHOP['shop.wsdl'], version);
  });
  afterAll(() => shop.close());
  const service = () => soapService({ wsdl: WSDL, endpoint: shop.url, version });

  test(`R16: JSON in, JSON out, by the WSDL (SOAP ${version})`, async () => {
    const operation = service().operation('PlaceOrder');
    const answer = await operation.call(ORDER, { http });
    expect(answer).toEqual({
      orderId: 'A-1',
      number: 1,
      due: '2026-12-01',
      total: { attributes: { currency: 'EUR' }, $value: 10.5 },
      line: [
        {
          attributes: { number: '1' },
          sku: 'S-1',
          quantity: 2,
          price: { attributes: { currency: 'DKK' }, $value: 12.5 },
        },
        { sku: 'S-2', quantity: 1 },
      ],
      count: 2,
    });
    expect(shop.placed[0]).toMatchObject({ customer: { name: 'Hansen & Søn <ApS>' } });
    const ajv = new Ajv2020({ strict: false });
    expect(ajv.validate(operation.input, ORDER), JSON.stringify(ajv.errors)).toBe(true);
    expect(ajv.validate(operation.output, answer), JSON.stringify(ajv.errors)).toBe(true);
    expect(ajv.validate(operation.input, { ...ORDER, custmer: 1 })).toBe(false);
  });

  test(`R16: a fault of the sender fails the message, one of the receiver repeats it (SOAP ${version})`, async () => {
    const operation = service().operation('PlaceOrder');
    const refused = await operation.call({ ...ORDER, orderId: 'blocked' }, { http }).catch((error: Error) => error);
    const code = version === '1.1' ? 'Client' : 'Refused';
    expect(refused).toMatchObject({ name: 'Fail', options: { code: `soap.fault.${code}` } });
    expect((refused as Error).message).toContain('The customer is blocked.');
    expect((refused as Error).cause).toBeInstanceOf(SoapFault);
    await expect(operation.call({ ...ORDER, orderId: 'full' }, { http })).rejects.toMatchObject({ name: 'Redeliver' });
    const table = { Refused: 'stop', Server: 'limit' } as const;
    const overridden = soapService({ wsdl: WSDL, endpoint: shop.url, version, faults: table }).operation('PlaceOrder');
    await expect(overridden.call({ ...ORDER, orderId: 'full' }, { http })).rejects.toMatchObject({
      name: version === '1.1' ? 'LimitReached' : 'StopQuietly',
    });
  });

  test(`a one-way operation is done when it is accepted (SOAP ${version})`, async () => {
    expect(await service().operation('Notify').call({ text: 'hello' }, { http })).toBeNull();
    expect(shop.notified).toEqual([{ text: 'hello' }]);
  });
});

describe('what goes over the wire', () => {
  let server: Served;
  const answer = () =>
    envelope('<PlaceOrderResponse xmlns="urn:example:shop"><orderId>A</orderId></PlaceOrderResponse>', version);
  let version: '1.1' | '1.2' = '1.1';
  beforeAll(async () => {
    server = await serving(() => ({ body: answer() }));
  });
  afterAll(() => server.close());
  const last = () => server.seen.at(-1)!;
  const call = async (through: object = {}, options: object = {}) =>
    soapService({ wsdl: WSDL, endpoint: server.url, ...options })
      .operation('PlaceOrder')
      .call(ORDER, { http, ...through });

  test('R16: envelope, content type and action are those of the version', async () => {
    version = '1.1';
    await call();
    expect(last().headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"urn:example:shop/PlaceOrder"',
    });
    expect(readXml(last().body).namespace).toBe(ENVELOPES['1.1']);
    version = '1.2';
    await call({}, { version: '1.2' });
    expect(last().headers['content-type']).toBe(
      'application/soap+xml; charset=utf-8; action="urn:example:shop/PlaceOrder"',
    );
    expect(last().headers).not.toHaveProperty('soapaction');
    expect(readXml(last().body).namespace).toBe(ENVELOPES['1.2']);
  });

  test('every element stands in the namespace that its schema says', async () => {
    await call();
    const names = new Map<string, string>();
    const walk = (element: XmlElement): void => {
      names.set(element.local, element.namespace);
      element.elements.forEach(walk);
    };
    walk(readXml(last().body).elements.find(({ local }) => local === 'Body')!.elements[0]!);
    const [own, types] = ['urn:example:shop', 'urn:example:types'];
    expect(Object.fromEntries(names)).toEqual({
      PlaceOrder: own,
      orderId: own,
      customer: own,
      name: types,
      vat: types,
      line: own,
      sku: types,
      quantity: types,
      price: types,
      placedAt: own,
    });
  });

  test('members are sent in the order of the schema, whatever their order in JSON', async () => {
    const turn = (value: object): object =>
      Array.isArray(value) ? value.map(turn) : Object.fromEntries(Object.entries(value).reverse());
    const turned = { ...turn(ORDER), line: ORDER.line.map(turn), customer: turn(ORDER.customer) };
    await soapService({ wsdl: WSDL, endpoint: server.url }).operation('PlaceOrder').call(turned, { http });
    const body = readXml(last().body).elements.find(({ local }) => local === 'Body')!;
    const namesIn = (element: XmlElement): string[] => element.elements.map(({ local }) => local);
    const [order] = body.elements;
    expect(namesIn(order!)).toEqual(['orderId', 'customer', 'line', 'line', 'placedAt']);
    expect(namesIn(order!.elements[1]!)).toEqual(['name', 'vat']);
    expect(namesIn(order!.elements[2]!)).toEqual(['sku', 'quantity', 'price']);
  });

  class Erp extends Application {
    readonly key = 'erp';
    readonly name = 'ERP';
    readonly baseUrl: string;
    override readonly headers = { 'x-tenant': 'acme' };
    override readonly auth: Auth;
    constructor(auth: Auth, baseUrl = `${server.url}/soap/erp`) {
      super();
      this.auth = auth;
      this.baseUrl = baseUrl;
    }
  }
  class Place extends SoapConnector {
    readonly name = 'place';
    override readonly application: Application;
    override readonly path: string;
    constructor(application: Application, path = '', security?: SoapSecurity) {
      super(soapService({ wsdl: WSDL, ...(security ? { security } : {}) }).operation('PlaceOrder'));
      this.application = application;
      this.path = path;
    }
  }

  test('R29, R32: an application gives endpoint, headers and proof', async () => {
    version = '1.1';
    const basic = new BasicAuth({ user: 'joe', password: 's3cret' });
    expect(await running(new Place(new Erp(basic))).run(ORDER)).toMatchObject({ kind: 'forward' });
    expect(last()).toMatchObject({
      url: '/soap/erp',
      headers: { authorization: 'Basic am9lOnMzY3JldA==', 'x-tenant': 'acme', 'idempotency-key': 'key-1' },
    });
    await running(new Place(new Erp(basic), 'orders.asmx?v=2')).run(ORDER);
    expect(last().url).toBe('/soap/erp/orders.asmx?v=2');
    await running(new Place(new Erp(new BearerAuth('tok-123')))).run(ORDER);
    expect(last().headers.authorization).toBe('Bearer tok-123');
  });

  test('R29, R32: what a user filled in is proof by HTTP and by WS-Security', async () => {
    const settings = { credentials: { user: 'ann', password: 'hers' } };
    const security = usernameToken({
      username: (install) => install!.text('credentials', 'user'),
      password: (install) => install!.text('credentials', 'password'),
      passwordType: 'text',
    });
    const erp = new Erp(new BasicAuth(), `${server.url}/ws`);
    expect(await running(new Place(erp, '', security), { settings }).run(ORDER)).toMatchObject({ kind: 'forward' });
    expect(last()).toMatchObject({ url: '/ws', headers: { authorization: `Basic ${btoa('ann:hers')}` } });
    expect(last().body).toMatch(/<wsse:Username>ann<.*#PasswordText">hers</);
  });

  test('a header of the author goes along, its values escaped', async () => {
    await call({ header: xml`<s:Session xmlns:s="urn:s">${'<1>&2'}</s:Session>`, headers: { 'x-trace': 't1' } });
    expect(last().headers['x-trace']).toBe('t1');
    const [header] = readXml(last().body).elements;
    expect(contentOf(header!)).toEqual({ Session: '<1>&2' });
  });

  test('calls at the same time do not mix', async () => {
    const echo = await serving(({ body }) => ({
      body: envelope(`<Done xmlns="urn:do">${/<Do[^>]*>([^<]*)</.exec(body)![1]}</Done>`),
    }));
    const operation = soapService({ wsdl: parseWsdl(wsdlOf()), endpoint: echo.url }).operation<string, string>('Do');
    const texts = Array.from({ length: 50 }, (_, n) => `text ${n}`);
    expect(await Promise.all(texts.map((text) => operation.call(text, { http })))).toEqual(texts);
    await echo.close();
  });

  test('of several schemas of one namespace in a WSDL all are known', async () => {
    const schemas = [
      '<xs:complexType name="T"><xs:sequence><xs:element name="n" type="xs:int"/></xs:sequence></xs:complexType>',
      '<xs:element name="Do" type="tns:T"/>',
      '<xs:element name="Done"><xs:complexType><xs:sequence><xs:element name="t" type="tns:T" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>',
    ];
    const one = await serving(() => ({ body: envelope('<d:Done xmlns:d="urn:do"><d:t><d:n>7</d:n></d:t></d:Done>') }));
    const operation = soapService({ wsdl: parseWsdl(wsdlOf(...schemas)), endpoint: one.url }).operation('Do');
    expect(await operation.call({ n: 1 }, { http })).toEqual({ t: [{ n: 7 }] });
    await one.close();
  });

  test.each(['literal', 'encoded'] as const)(
    'R16: parts of an rpc call (%s) are its input, in their order and as texts',
    async (use) => {
      const rpc = await serving(() => ({
        body: envelope('<d:AddResponse xmlns:d="urn:do"><sum>7</sum></d:AddResponse>'),
      }));
      const add = soapService({ wsdl: parseWsdl(rpcWsdl(use)), endpoint: rpc.url }).operation('Add');
      expect(add.input).toMatchObject({ properties: { a: { type: 'integer' }, who: { $ref: '#/$defs/Who' } } });
      const who = { attributes: { id: '"><evil/>' }, nick: ['<![CDATA[x]]>', 'y'], name: 'a<b' };
      expect(await add.call({ who, a: 3 }, { http })).toEqual({ sum: 7 });
      const [call] = readXml(rpc.seen[0]!.body).elements.find(({ local }) => local === 'Body')!.elements;
      expect([call!.namespace, call!.local]).toEqual(['urn:do', 'Add']);
      expect(contentOf(call!)).toEqual({ a: '3', who: { ...who, name: 'a<b' } });
      expect(call!.elements.map(({ local, namespace }) => [local, namespace])).toEqual([
        ['a', ''],
        ['who', ''],
      ]);
      await rpc.close();
    },
  );

  test('the WSDL of one server does not send calls to another unless its author says so', () => {
    const wsdl = parseWsdl(wsdlOf());
    Object.defineProperty(wsdl, 'location', { value: 'https://erp.example.com/soap?wsdl' });
    expect(() => soapService({ wsdl }).operation('Do')).toThrow('sends calls to http://127.0.0.1:1');
    expect(soapService({ wsdl, endpoint: 'http://127.0.0.1:1/' }).operation('Do').name).toBe('Do');
  });
});

describe('a connector', () => {
  let shop: ShopServer;
  beforeAll(async () => {
    shop = await shopServer(WSDL, SHOP['shop.wsdl'], '1.1');
  });
  afterAll(() => shop.close());

  test('R16, R18: a SOAP connector is a class like others, measured like others, with schemas of its own', async () => {
    class PlaceOrder extends SoapConnector {
      readonly name = 'place-order';
      constructor() {
        super(soapService({ wsdl: WSDL, endpoint: shop.url }).operation('PlaceOrder'));
      }
    }
    const step = new PlaceOrder();
    expect(step.input).toMatchObject({ type: 'object', required: expect.arrayContaining(['orderId']) });
    expect(step.output).toMatchObject({ type: 'object', properties: { number: {} } });
    const records: object[] = [];
    const worker = local({ steps: [step], onRecord: (record) => records.push(record) });
    const outcome = await worker.call(callOf('connector', 'place-order', ORDER));
    expect(outcome).toMatchObject({ kind: 'forward', item: { contentType: 'application/json' } });
    expect(JSON.parse(String((outcome as { item: { body: string } }).item.body))).toMatchObject({
      orderId: 'A-1',
      count: 2,
    });
    expect(records).toContainEqual(expect.objectContaining({ type: 'metric', url: shop.url, status: 200 }));
    const bad = await worker.call(callOf('connector', 'place-order', { ...ORDER, orderId: 'blocked' }));
    expect(await worker.call(callOf('connector', 'place-order', { orderId: 'A-2' }))).toMatchObject({
      kind: 'fail',
      code: 'step.input_invalid',
      reason: expect.stringContaining("must have required property 'customer'"),
    });
    expect(bad).toMatchObject({
      kind: 'fail',
      code: 'soap.fault.Client',
      reason: expect.stringContaining('is blocked'),
    });
  });

  test('it maps what goes in and what comes out, and a one-way operation sends its input on', async () => {
    class Numbered extends SoapConnector<object, Placed> {
      readonly name = 'number';
      constructor() {
        super(soapService({ wsdl: WSDL, endpoint: shop.url }).operation('PlaceOrder'));
      }
      protected override toInput(message: Message): object {
        return { ...ORDER, orderId: message.json<{ id: string }>().id };
      }
      protected override toResult({ number }: Placed, message: Message): object {
        return { ...message.json<object>(), number };
      }
    }
    class Notify extends SoapConnector {
      readonly name = 'notify';
      constructor() {
        super(soapService({ wsdl: WSDL, endpoint: shop.url }).operation('Notify'));
      }
    }
    expect([new Numbered().input, new Numbered().output]).toEqual([undefined, undefined]);
    expect([new Notify().input, new Notify().output]).toMatchObject([{ required: ['text'] }, undefined]);
    const worker = local({ steps: [new Numbered(), new Notify()], onRecord: () => {} });
    const numbered = await worker.call(callOf('connector', 'number', { id: 'B-2' }));
    expect(numbered).toMatchObject({
      kind: 'forward',
      item: { body: expect.stringMatching(/^\{"id":"B-2","number":\d+\}$/) },
    });
    const told = await worker.call(callOf('connector', 'notify', { text: 'x' }));
    expect(told).toMatchObject({ kind: 'forward', item: { body: '{"text":"x"}' } });
  });

  test('an operation that is not there stops the service at its start', () => {
    expect(() => soapService({ wsdl: WSDL }).operation('CancelOrder')).toThrow('There are: PlaceOrder');
  });
});

describe('a service without a WSDL', () => {
  test.each(['1.1', '1.2'] as const)(
    'R16: a body by its author goes out in SOAP %s, its answer comes back parsed',
    async (version) => {
      const body =
        '<p:Prices xmlns:p="urn:p"><p:price currency="EUR">1</p:price><p:price>2</p:price><p:none/><p:sku>S</p:sku></p:Prices>';
      const server = await serving(() => ({ body: envelope(body, version) }));
      const prices = rawSoap({ endpoint: server.url, version });
      const answer = await prices.call(
        xml`<GetPrices xmlns="urn:p">${['a<b', 'c'].map((sku) => xml`<sku>${sku}</sku>`)}</GetPrices>`,
        {
          http,
          action: 'urn:p/GetPrices',
        },
      );
      expect(answer.name).toBe('Prices');
      expect(answer.content).toEqual({
        price: [{ attributes: { currency: 'EUR' }, $value: '1' }, '2'],
        none: '',
        sku: 'S',
      });
      expect(readXml(answer.xml).local).toBe('Envelope');
      const [sent] = server.seen;
      expect(sent!.body).toContain('<GetPrices xmlns="urn:p"><sku>a&lt;b</sku><sku>c</sku></GetPrices>');
      expect(sent!.headers).toMatchObject(
        version === '1.1'
          ? { soapaction: '"urn:p/GetPrices"' }
          : { 'content-type': expect.stringContaining('action="urn:p/GetPrices"') },
      );
      await server.close();
    },
  );

  test('R5, R16: a fault has the fate of any other, and a body that is no XML is not sent', async () => {
    const fault = '<e:Fault><faultcode>e:Client</faultcode><faultstring>no such sku</faultstring></e:Fault>';
    const server = await serving(() => ({ status: 500, body: envelope(fault) }));
    const prices = rawSoap({ endpoint: server.url });
    await expect(prices.call(xml`<Get/>`, { http })).rejects.toThrow(
      '"Get" was answered by a fault, Client: no such sku',
    );
    const { Xml } = await import('../index.ts');
    for (const body of [
      '<Get>',
      '<Get/></soap:Body><soap:Body>',
      '</soap:Body><x/><soap:Body>',
      'text only',
      '<!DOCTYPE a><a/>',
    ])
      await expect(prices.call(new Xml(body), { http })).rejects.toMatchObject({ name: 'Fail' });
    expect(server.seen).toHaveLength(1);
    await server.close();
  });
});
