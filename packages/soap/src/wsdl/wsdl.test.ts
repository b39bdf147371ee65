import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { HttpSender } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchWsdl, parseWsdl, readWsdlFile } from '../index.ts';
import { folderWith } from '../testing/folder.ts';
import { type Reply, type Served, serving } from '../testing/server.ts';
import { SHOP } from '../testing/shop.ts';

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';

/** The error of reading files, as its message. */
function refusal(
  files: Readonly<Record<string, string>>,
  start = 'shop.wsdl',
  imports: readonly string[] = [],
): string {
  const folder = folderWith(files);
  try {
    readWsdlFile(folder.path(start), { imports });
  } catch (error) {
    expect(error).toMatchObject({ name: 'Fail', options: { code: 'soap.wsdl' } });
    return (error as Error).message;
  } finally {
    folder.remove();
  }
  throw new Error('It was read.');
}

const shop = (from: string | RegExp, to: string): Record<string, string> => {
  const text = SHOP['shop.wsdl'].replace(from, to);
  expect(text, `"${from}" is in the WSDL`).not.toBe(SHOP['shop.wsdl']);
  return { ...SHOP, 'shop.wsdl': text };
};

describe('reading a WSDL', () => {
  test('R16: services, ports and operations of a file that imports another', () => {
    const folder = folderWith(SHOP);
    const { services } = readWsdlFile(folder.path('shop.wsdl'));
    folder.remove();
    expect(services.map(({ name }) => name)).toEqual(['Shop']);
    expect(services[0]!.ports.map(({ name, version, address }) => [name, version, address])).toEqual([
      ['ShopPort', '1.1', 'http://127.0.0.1:1/shop'],
      ['Shop12Port', '1.2', 'http://127.0.0.1:1/shop12'],
    ]);
    expect(services[0]!.ports[0]!.operations).toMatchObject([
      {
        name: 'PlaceOrder',
        documentation: 'Places an order.',
        action: 'urn:example:shop/PlaceOrder',
        style: 'document',
        use: 'literal',
        oneWay: false,
        input: { required: ['orderId', 'customer', 'line', 'placedAt'] },
      },
      { name: 'Notify', oneWay: true, output: null },
    ]);
  });

  test('R16: an operation that is not there is answered by those that are', () => {
    const folder = folderWith(SHOP);
    const wsdl = readWsdlFile(folder.path('shop.wsdl'));
    folder.remove();
    expect(() => wsdl.operation('CancelOrder')).toThrow(
      'there is no operation "CancelOrder". There are: PlaceOrder (Shop/ShopPort, SOAP 1.1), Notify (Shop/ShopPort, SOAP 1.1)',
    );
    expect(() => wsdl.operation('Notify', { port: 'Old', version: '1.2' })).toThrow(
      'in port "Old", SOAP 1.2. There are:',
    );
    expect(wsdl.operation('Notify', { version: '1.2' }).port).toBe('Shop12Port');
  });

  test.each<[string, Record<string, string>, string]>([
    ['no XML', { 'shop.wsdl': '{"openapi":"3.1.0"}' }, 'line 1: a WSDL was expected, got text that is no XML'],
    ['a web page', { 'shop.wsdl': '<html><body>Log in</body></html>' }, 'got <html>. A web page: is the address right'],
    [
      'WSDL 2.0',
      { 'shop.wsdl': '<description xmlns="http://www.w3.org/ns/wsdl"/>' },
      '(WSDL 1.1) or a <schema> was expected, got <description>',
    ],
    ['cut off', { 'shop.wsdl': SHOP['shop.wsdl'].slice(0, 2_000) }, 'unclosed tag'],
    [
      'a document type',
      { 'shop.wsdl': `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${SHOP['shop.wsdl'].slice(39)}` },
      'a document type (DOCTYPE) is not taken',
    ],
    [
      'nothing that speaks SOAP',
      shop(/<wsdl:service[\s\S]*<\/wsdl:service>/, ''),
      'a service with a port that speaks SOAP was expected',
    ],
    [
      'a binding that is not there',
      shop('binding="tns:ShopBinding"', 'binding="tns:Nothing"'),
      'binding "{urn:example:shop}Nothing" is not defined. Defined are: {urn:example:shop}ShopBinding',
    ],
    [
      'a message that is not there',
      shop('message="tns:PlaceOrderOut"', 'message="tns:Other"'),
      'message "{urn:example:shop}Other" is not defined. Defined are: {urn:example:shop}PlaceOrderIn',
    ],
    [
      'a prefix that is not declared',
      shop('message="tns:PlaceOrderOut"', 'message="other:Out"'),
      'prefix "other" of "other:Out" is not declared',
    ],
    [
      'an operation of no port type',
      shop('<wsdl:operation name="Notify"><wsdl:input message', '<wsdl:operation name="Tell"><wsdl:input message'),
      'operation "Notify" is not in portType "ShopPortType". There are: PlaceOrder, Tell',
    ],
    [
      'an element of no schema',
      shop('element="tns:PlaceOrderResponse"', 'element="tns:Gone"'),
      'element "{urn:example:shop}Gone" is defined in no schema',
    ],
    ['a file that is not there', { 'shop.wsdl': SHOP['shop.wsdl'] }, 'types.xsd: the file cannot be read (ENOENT'],
  ])('%s is refused with its place', (_, files, reason) => {
    expect(refusal(files)).toContain(reason);
  });

  test('the line of a mistake is right, in whichever file it is', () => {
    expect(refusal(shop('message="tns:PlaceOrderOut"', 'message="tns:Other"'))).toMatch(/shop\.wsdl, line 41: message/);
    const broken = SHOP['types.xsd'].replace('</xs:simpleType>', '</xs:simple>');
    expect(refusal({ ...SHOP, 'types.xsd': broken })).toMatch(/types\.xsd, line 3: .*unexpected close tag/);
  });

  test('a type that is not there is named with those that are, when the operation is used', () => {
    const folder = folderWith(shop('type="t:Company"', 'type="t:Firm"'));
    const operation = readWsdlFile(folder.path('shop.wsdl')).operation('PlaceOrder');
    folder.remove();
    expect(() => operation.input).toThrow(
      /shop\.wsdl, line 12: type "{urn:example:types}Firm" is not defined. There are: Money, Line, Party, Company, Quantity, Currency/,
    );
  });

  test('files outside of the folder are read when they are named, and not otherwise', () => {
    const files = {
      'wsdl/shop.wsdl': SHOP['shop.wsdl'].replace('"types.xsd"', '"../common/types.xsd"'),
      'common/types.xsd': SHOP['types.xsd'],
    };
    expect(refusal(files, 'wsdl/shop.wsdl')).toContain('"../common/types.xsd" is not read: it lies outside');
    expect(refusal({ 'shop.wsdl': SHOP['shop.wsdl'].replace('types.xsd', '/etc/hostname') })).toContain('is not read');
    expect(refusal({ 'shop.wsdl': SHOP['shop.wsdl'].replace('types.xsd', 'data:text/xml,x') })).toContain(
      'is not read',
    );
    const folder = folderWith(files);
    const wsdl = readWsdlFile(folder.path('wsdl/shop.wsdl'), { imports: [folder.path('common')] });
    folder.remove();
    expect(wsdl.operation('PlaceOrder').input).toMatchObject({ properties: { customer: { $ref: '#/$defs/Company' } } });
  });

  test('imports in a circle end, and a schema without a namespace takes that of its includer', () => {
    const folder = folderWith({
      ...SHOP,
      'types.xsd': SHOP['types.xsd']
        .replace('elementFormDefault="qualified">', (all) => `${all}<xs:include schemaLocation="./more/party.xsd"/>`)
        .replace(/<xs:complexType name="Party">[\s\S]*?<\/xs:complexType>/, ''),
      'more/party.xsd': `<xs:schema ${XS} elementFormDefault="qualified"><xs:include schemaLocation="../types.xsd"/><xs:include schemaLocation="party.xsd"/><xs:complexType name="Party"><xs:sequence><xs:element name="name" type="xs:string"/><xs:element name="parent" type="Party" minOccurs="0"/></xs:sequence></xs:complexType></xs:schema>`,
    });
    const { input } = readWsdlFile(folder.path('shop.wsdl')).operation('PlaceOrder');
    folder.remove();
    expect(input).toMatchObject({ $defs: { Party: { properties: { parent: { $ref: '#/$defs/Party' } } } } });
  });

  test('documents are bounded in number, depth and size', () => {
    const link = (to: string): string =>
      `<xs:schema ${XS} targetNamespace="urn:example:types"><xs:include schemaLocation="${to}"/></xs:schema>`;
    const chain = Array.from({ length: 40 }, (_, n): [string, string] => [
      n === 0 ? 'types.xsd' : `${n}.xsd`,
      link(`${n + 1}.xsd`),
    ]);
    expect(refusal({ ...SHOP, ...Object.fromEntries(chain) })).toContain('deeper than 30 documents');
    const many = Array.from({ length: 250 }, (_, n) => `<xs:include schemaLocation="n${n}.xsd"/>`).join('');
    const leaves = Array.from({ length: 250 }, (_, n) => [
      `n${n}.xsd`,
      `<xs:schema ${XS} targetNamespace="urn:example:types"/>`,
    ]);
    const root = SHOP['types.xsd'].replace('elementFormDefault="qualified">', (all) => all + many);
    expect(refusal({ ...SHOP, 'types.xsd': root, ...Object.fromEntries(leaves) })).toContain('more than 200 documents');
    expect(refusal({ 'shop.wsdl': `<a>${' '.repeat(17 * 1024 * 1024)}</a>` })).toContain('larger than 16777216 bytes');
    expect(refusal({ 'shop.wsdl': '<a>'.repeat(300) })).toContain('deeper than 200 levels');
  });

  test('a text is read, and says what it would need to import', () => {
    const alone = SHOP['shop.wsdl'].replace(/<xs:import[^>]*>/, '').replaceAll(/type="t:\w+"/g, 'type="xs:string"');
    expect(parseWsdl(alone).operation('PlaceOrder').input).toMatchObject({
      properties: { customer: { type: 'string' } },
    });
    expect(() => parseWsdl(SHOP['shop.wsdl'])).toThrow('a WSDL given as text has no place');
  });

  test('a file in another encoding is read in the one it declares', () => {
    const text = SHOP['shop.wsdl'].replace('UTF-8', 'ISO-8859-1').replace('Places an order.', 'Bestellung für später.');
    const folder = folderWith({ ...SHOP, 'shop.wsdl': '' });
    const wsdl = readWsdlFile(folder.path(writeLatin1(folder.path('latin.wsdl'), text)));
    folder.remove();
    expect(wsdl.operation('PlaceOrder').documentation).toBe('Bestellung für später.');
  });
});

function writeLatin1(path: string, text: string): string {
  writeFileSync(path, Buffer.from(text, 'latin1'));
  return basename(path);
}

describe('reading a WSDL from its address', () => {
  let server: Served;
  let stranger: Served;
  let replies: Record<string, Reply>;
  beforeAll(async () => {
    server = await serving(({ url }) => replies[url] ?? { status: 404, body: 'nothing here' });
    stranger = await serving(() => ({ body: SHOP['types.xsd'] }));
  });
  afterAll(async () => {
    await server.close();
    await stranger.close();
  });
  const read = (path: string, imports: readonly string[] = []) =>
    fetchWsdl(`${server.url}${path}`, {
      sender: new HttpSender(),
      imports,
      headers: { authorization: 'Bearer s3cret' },
    });

  test('R16: what it imports comes from the same folder of the same server', async () => {
    replies = {
      '/ws/shop?wsdl': { body: SHOP['shop.wsdl'].replace('types.xsd', 'shop?xsd=1') },
      '/ws/shop?xsd=1': { body: SHOP['types.xsd'] },
    };
    const wsdl = await read('/ws/shop?wsdl');
    expect(wsdl.operation('PlaceOrder').input).toMatchObject({ $defs: { Money: {} } });
    expect(server.seen.map(({ url }) => url)).toEqual(['/ws/shop?wsdl', '/ws/shop?xsd=1']);
  });

  test('no address is asked that its author did not name', async () => {
    for (const to of [`${stranger.url}/types.xsd`, '/other/types.xsd', 'file:///etc/passwd', '../types.xsd']) {
      replies = { '/ws/shop?wsdl': { body: SHOP['shop.wsdl'].replace('types.xsd', to) } };
      await expect(read('/ws/shop?wsdl')).rejects.toThrow('nobody named it');
    }
    expect(stranger.seen).toEqual([]);
    replies = { '/ws/shop?wsdl': { body: SHOP['shop.wsdl'].replace('types.xsd', `${stranger.url}/types.xsd`) } };
    expect((await read('/ws/shop?wsdl', [stranger.url])).services).toHaveLength(1);
    expect(stranger.seen).toMatchObject([{ url: '/types.xsd', headers: { host: expect.any(String) } }]);
    expect(stranger.seen[0]!.headers.authorization).toBeUndefined();
  });

  test('an address that does not answer is tried again, one that refuses is not', async () => {
    replies = {
      '/ws/gone?wsdl': { status: 503 },
      '/ws/moved?wsdl': { status: 302, headers: { location: stranger.url } },
    };
    await expect(read('/ws/gone?wsdl')).rejects.toMatchObject({ name: 'Redeliver' });
    await expect(read('/ws/moved?wsdl')).rejects.toMatchObject({ name: 'Fail' });
    await expect(read('/ws/missing?wsdl&token=s3cret')).rejects.toThrow('token=***');
  });
});
