// What comes back from a service that is broken, in a bad mood, or hostile.

import { HttpSender, local } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseWsdl, rawSoap, SoapConnector, SoapFault, soapService, xml } from '../index.ts';
import { callOf } from '../testing/call-of.ts';
import { ENVELOPES, envelope, type Reply, type Served, serving, started } from '../testing/server.ts';
import { rpcWsdl, wsdlOf } from '../testing/wsdl-of.ts';

const SCHEMA = `<xs:element name="Done"><xs:complexType><xs:sequence>
  <xs:element name="n" type="xs:int" minOccurs="0" maxOccurs="unbounded"/><xs:element name="big" type="xs:integer" minOccurs="0"/>
  <xs:element name="d" type="xs:decimal" minOccurs="0"/><xs:element name="yes" type="xs:boolean" minOccurs="0"/><xs:element name="s" type="xs:string" minOccurs="0"/><xs:any minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>`;
const done = (inside: string): Reply => ({ body: envelope(`<d:Done xmlns:d="urn:do">${inside}</d:Done>`) });
const fault = (inside: string, version: '1.1' | '1.2' = '1.1', status = 500): Reply => ({
  status,
  body: envelope(`<e:Fault>${inside}</e:Fault>`, version),
});
const HTML = { 'content-type': 'text/html' };

let server: Served;
let reply: Reply;
beforeAll(async () => {
  server = await serving(() => reply);
});
afterAll(() => server.close());
const http = new HttpSender();
const call = (answer: Reply, options: object = {}): Promise<unknown> => {
  reply = answer;
  return soapService({ wsdl: parseWsdl(wsdlOf(SCHEMA)), endpoint: server.url, ...options })
    .operation('Do')
    .call('x', { http });
};
const errorOf = async (answer: Reply, options: object = {}): Promise<Error & { options?: object }> => {
  const got = await call(answer, options).catch((error: Error) => error);
  if (!(got instanceof Error)) throw new Error(`It answered ${JSON.stringify(got)}.`);
  return got;
};

describe('answers that are no SOAP', () => {
  test.each<[string, Reply, string, string]>([
    [
      'a page with 503',
      { status: 503, headers: HTML, body: '<html>The ERP is being restarted.</html>' },
      'Redeliver',
      'answered 503: <html>The ERP is being restarted.',
    ],
    ['a page with 500', { status: 500, headers: HTML, body: '<html>Oops</html>' }, 'Redeliver', 'answered 500'],
    [
      'a page with 200',
      { headers: HTML, body: '<html><p>Log in<br></html>' },
      'Fail',
      '"Do": a SOAP 1.1 envelope was expected from http://127.0.0.1',
    ],
    ['a page with 401', { status: 401, headers: HTML, body: 'who are you' }, 'Fail', 'answered 401: who are you'],
    ['a page with 403', { status: 403 }, 'Fail', 'answered 403: an empty answer'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'Fail', 'answered 302'],
    ['too many requests', { status: 429, headers: { 'retry-after': '7' } }, 'LimitReached', 'answered 429'],
    [
      'JSON',
      { headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
      'Fail',
      'answered 200 with application/json that is no XML',
    ],
    ['nothing', { body: '' }, 'Fail', 'it was accepted without one'],
    [
      'attachments',
      { headers: { 'content-type': 'multipart/related; boundary=x' }, body: '--x' },
      'Fail',
      'attachments (MTOM or SOAP with attachments), which are not read here',
    ],
    [
      'an envelope of no SOAP',
      { body: '<Envelope xmlns="urn:other"><Body/></Envelope>' },
      'Fail',
      'answered 200 with <{urn:other}Envelope>',
    ],
    [
      'an envelope without a body',
      { body: `<e:Envelope xmlns:e="${ENVELOPES['1.1']}"/>` },
      'Fail',
      'an envelope without <Body>',
    ],
    [
      'an empty body',
      { body: envelope('') },
      'Fail',
      '<{urn:do}Done> was expected in the body of the answer, got an empty body',
    ],
    [
      'an element of another namespace',
      { body: envelope('<Done xmlns="urn:other"/>') },
      'Fail',
      '<{urn:do}Done> was expected in the body of the answer, got <{urn:other}Done>',
    ],
    [
      'bytes that are no text',
      { headers: { 'content-type': 'text/xml; charset=utf-8' }, body: new Uint8Array([60, 0xc3, 0x28]) },
      'Fail',
      'no text in utf-8',
    ],
  ])('R16: %s', async (_, answer, name, reason) => {
    const error = await errorOf(answer);
    expect([error.name, error.message]).toEqual([name, expect.stringContaining(reason)]);
  });

  test('an envelope with a bad status is no success', async () => {
    expect((await errorOf({ ...done('<d:n>1</d:n>'), status: 500 })).name).toBe('Redeliver');
    expect((await errorOf({ ...done('<d:n>1</d:n>'), status: 404 })).name).toBe('Fail');
  });

  test('statuses are read by a table of their own when there is one', async () => {
    expect((await errorOf({ status: 503, body: 'x' }, { statuses: { '503': 'limit' } })).name).toBe('LimitReached');
    expect((await errorOf({ ...fault('<faultcode>Server</faultcode>', '1.1', 429) })).name).toBe('LimitReached');
  });

  test('a service that hangs, resets or is not there is tried again', async () => {
    const hanging = await started((request, response) => {
      if (request.url === '/reset') {
        response.writeHead(200, { 'content-length': 10_000 });
        response.write('<e:Envelope');
        setImmediate(() => response.destroy());
      }
    });
    for (const [endpoint, timeoutMs] of [
      [`${hanging.url}/hang`, 50],
      [`${hanging.url}/reset`, 10_000],
      ['http://127.0.0.1:1/', 10_000],
    ] as const)
      expect((await errorOf({}, { endpoint, timeoutMs })).name).toBe('Redeliver');
    await hanging.close();
  });
});

describe('hostile answers', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "${'&a;'.repeat(10)}">`).join('')}]>`;
  test.each<[string, Reply, string]>([
    ['an entity bomb', { body: `${bomb}${envelope('<x>&a19;</x>')}` }, 'DOCTYPE'],
    [
      'an external entity',
      { body: `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${envelope('<x>&x;</x>').slice(21)}` },
      'DOCTYPE',
    ],
    ['an entity of its own', { body: envelope('<x>&lol;</x>') }, 'undefined entity'],
    ['XML that is cut off', { body: done('<d:n>1</d:n>').body!.slice(0, 150) as string }, 'that is no XML (line 1'],
    ['elements without end', { body: envelope('<a>'.repeat(100_000)) }, 'deeper than 200 levels'],
    [
      'a prototype',
      { body: envelope('<d:Done xmlns:d="urn:do"><__proto__><x>1</x></__proto__></d:Done>') },
      '"__proto__"',
    ],
    ['a number that is none', done('<d:n>1e</d:n>'), 'A number was expected in the answer, got "1e"'],
    ['a boolean that is none', done('<d:yes>maybe</d:yes>'), 'A boolean was expected in the answer, got "maybe"'],
  ])('R16: %s fails the message and says why', async (_, answer, reason) => {
    const error = await errorOf(answer);
    expect([error.name, error.message]).toEqual(['Fail', expect.stringContaining(reason)]);
    expect(error.message.length).toBeLessThan(1_000);
  });

  test('a giant answer ends at its bound', async () => {
    const giant = await started((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const more = (): void => {
        while (response.write('<a/>'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    const error = await errorOf({}, { endpoint: giant.url, maxBytes: 1_000_000 });
    expect([error.name, error.message]).toEqual(['Fail', expect.stringContaining('larger than 1000000 bytes')]);
    await giant.close();
  });

  test('names that objects have of their own are names like others', async () => {
    const inside = '<d:constructor>c</d:constructor><d:toString>t</d:toString><d:hasOwnProperty>h</d:hasOwnProperty>';
    const names = { constructor: 'c', toString: 't', hasOwnProperty: 'h' };
    expect(await call(done(inside))).toEqual(names);
    const raw = await rawSoap({ endpoint: server.url }).call(xml`<Do/>`, { http });
    expect(raw.content).toEqual(names);
    for (const id of ['__proto__', 'constructor', 'valueOf']) {
      await call(done(`<d:any id="${id}"><d:polluted>1</d:polluted></d:any><d:any href="#${id}"/>`));
      expect({}).not.toHaveProperty('polluted');
      expect({}).not.toHaveProperty('obj');
    }
  });

  test('R16: links of rpc/encoded are followed, and end when they lead in a circle or to too many', async () => {
    const types = 'xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';
    const answer = (sum: string, more: string): Promise<unknown> => {
      reply = { body: envelope(`<d:AddResponse xmlns:d="urn:do" ${types}>${sum}</d:AddResponse>${more}`) };
      const service = soapService({ wsdl: parseWsdl(rpcWsdl('encoded')), endpoint: server.url });
      return service.operation('Add').call({ a: 1 }, { http });
    };
    expect(
      await answer(
        '<sum href="#s"/><more href="#m"/>',
        `<s id="s">7</s><m id="m" ${types}><n i:type="x:int">3</n><s i:type="x:string">4</s></m>`,
      ),
    ).toEqual({
      sum: 7,
      more: { n: 3, s: '4' },
    });
    expect(await answer('<a href="#a"/>', '<a id="a"><b href="#b"/></a><b id="b"><a href="#a"/></b>')).toEqual({
      a: { b: { a: null } },
    });
    const bomb = Array.from({ length: 12 }, (_, n) => `<l id="l${n}">${`<l href="#l${n + 1}"/>`.repeat(10)}</l>`).join(
      '',
    );
    await expect(answer('<a href="#l0"/>', bomb)).rejects.toThrow('more than 100000 links');
  });

  test('numbers that JSON cannot hold stay texts, CDATA is text whatever is in it', async () => {
    const inside =
      '<d:n> 7 </d:n><d:n>-8</d:n><d:big>123456789012345678901234567890</d:big><d:d>0.1234567890123456789</d:d>';
    expect(await call(done(`${inside}<d:yes>1</d:yes>`))).toEqual({
      n: [7, -8],
      big: '123456789012345678901234567890',
      d: '0.1234567890123456789',
      yes: true,
    });
    const cdata = '<d:s><![CDATA[<?xml version="1.0"?><a><b>1</b></a>]]> and <![CDATA[<more>]]></d:s>';
    expect(await call(done(cdata))).toEqual({ s: '<?xml version="1.0"?><a><b>1</b></a> and <more>' });
  });

  test('an answer in another encoding is read in the one it names', async () => {
    const text = done('<d:s>Grüße</d:s>')
      .body!.toString()
      .replace('?>', ' encoding="ISO-8859-1"?>')
      .replace('version="1.0"  ', 'version="1.0" ');
    const bytes = Buffer.from(text, 'latin1');
    expect(await call({ headers: { 'content-type': 'text/xml' }, body: bytes })).toEqual({ s: 'Grüße' });
    const wide = Buffer.from(`\ufeff${done('<d:s>Grüße</d:s>').body}`, 'utf16le');
    expect(await call({ headers: { 'content-type': 'text/xml' }, body: wide })).toEqual({ s: 'Grüße' });
  });
});

describe('faults', () => {
  test('R16: code, reason, actor and detail of SOAP 1.1 can be read, by people and by code', async () => {
    const error = await errorOf(
      fault(
        '<faultcode>e:Client.Order</faultcode><faultstring>Customer is\n blocked</faultstring><faultactor>urn:erp</faultactor><detail><m:reason xmlns:m="urn:m" code="17">credit</m:reason></detail>',
      ),
    );
    expect(error.name).toBe('Fail');
    expect(error.message).toBe(
      '"Do" was answered by a fault, Client.Order: Customer is blocked Detail: {"reason":{"attributes":{"code":"17"},"$value":"credit"}}',
    );
    expect(error.cause).toMatchObject({
      code: 'Client.Order',
      reason: 'Customer is\n blocked',
      actor: 'urn:erp',
      detail: { reason: { attributes: { code: '17' }, $value: 'credit' } },
    });
  });

  test('R16: so can code, subcodes, reason, role and detail of SOAP 1.2', async () => {
    const inside = `<e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>m:Order</e:Value><e:Subcode><e:Value>m:Credit</e:Value></e:Subcode></e:Subcode></e:Code>
      <e:Reason><e:Text xml:lang="de">Gesperrt</e:Text><e:Text xml:lang="en-GB">Blocked</e:Text></e:Reason><e:Role>urn:erp</e:Role><e:Detail><limit>5</limit></e:Detail>`;
    const error = await errorOf(fault(inside, '1.2', 400), { version: '1.2' });
    expect(error.cause).toBeInstanceOf(SoapFault);
    expect(error.cause).toMatchObject({
      code: 'Sender',
      subcodes: ['Order', 'Credit'],
      reason: 'Blocked',
      actor: 'urn:erp',
      detail: { limit: '5' },
    });
    expect(error).toMatchObject({ name: 'Fail', options: { code: 'soap.fault.Credit' } });
    expect(error.message).toContain('Sender / Order / Credit: Blocked');
  });

  test.each<[string, object, string]>([
    ['Client', {}, 'Fail'],
    ['Sender', {}, 'Fail'],
    ['Server', {}, 'Redeliver'],
    ['Receiver', {}, 'Redeliver'],
    ['Server.Busy', {}, 'Redeliver'],
    ['Server.Busy', { 'Server.Busy': 'limit' }, 'LimitReached'],
    ['Server.Busy.Now', { 'Server.Busy': 'limit' }, 'LimitReached'],
    ['VersionMismatch', {}, 'Fail'],
    ['ERP-17', {}, 'Fail'],
    ['ERP-17', { 'ERP-17': 'redeliver' }, 'Redeliver'],
    ['ERP-17', { '*': 'redeliver' }, 'Redeliver'],
    ['Client', { Client: 'stop' }, 'StopQuietly'],
    ['constructor', {}, 'Fail'],
  ])('R16: code %s by the table %j is %s', async (code, faults, name) => {
    expect((await errorOf(fault(`<faultcode>x:${code}</faultcode>`), { faults })).name).toBe(name);
  });

  test('a fault with status 200 is a fault', async () => {
    expect(
      (await errorOf(fault('<faultcode>e:Client</faultcode><faultstring>no</faultstring>', '1.1', 200))).message,
    ).toContain('Client: no');
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'no code: no reason given.'],
    ['texts alone', 'it broke', 'no code: no reason given.'],
    [
      'elements in texts',
      '<faultcode>e:<b>Client</b></faultcode><faultstring>a <b>bold</b> reason</faultstring>',
      'Client: a bold reason',
    ],
    [
      'children in the namespace of the envelope',
      '<e:faultcode>Client</e:faultcode><e:faultstring>no</e:faultstring>',
      'Client: no',
    ],
    ['a code of nothing but colons', '<faultcode>:::</faultcode>', 'no code'],
    ['a prefix that is not declared', '<faultcode>nobody:Client</faultcode>', 'Client: no reason'],
    ['a long detail', `<faultcode>Client</faultcode><detail>${'<x>y</x>'.repeat(10_000)}</detail>`, 'characters)'],
    [
      'a long reason',
      `<faultcode>Client</faultcode><faultstring>${'long '.repeat(10_000)}</faultstring>`,
      'characters)',
    ],
  ])('strange content: %s', async (_, inside, reason) => {
    const error = await errorOf(fault(inside));
    expect([error.name, error.message]).toEqual(['Fail', expect.stringContaining(reason)]);
    expect(error.message.length).toBeLessThan(1_000);
  });

  test('R5, R16: a fault of a service that nobody can change is a reason in the trash of the process', async () => {
    class Do extends SoapConnector {
      readonly name = 'do';
      constructor() {
        super(soapService({ wsdl: parseWsdl(wsdlOf(SCHEMA)), endpoint: server.url }).operation('Do'));
      }
    }
    reply = fault('<faultcode>e:Client</faultcode><faultstring>The customer is blocked.</faultstring>');
    const outcome = await local({ steps: [new Do()], onRecord: () => {} }).call(callOf('connector', 'do', 'x'));
    expect(outcome).toEqual({
      kind: 'fail',
      reason: '"Do" was answered by a fault, Client: The customer is blocked.',
      code: 'soap.fault.Client',
    });
    expect(server.seen.at(-1)!.headers['idempotency-key']).toBe('key-1');
  });
});
