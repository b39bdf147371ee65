import { HttpSender } from '@sluice/sdk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWsdl, soapService } from '../index.ts';
import { envelope } from '../testing/server.ts';
import { wsdlOf } from '../testing/wsdl-of.ts';
import { readXml } from '../xml/read.ts';
import { contentOf } from '../xml/to-json.ts';
import { escapeXml, forbiddenIn } from '../xml/write.ts';
import { sendable } from './values.ts';

const SCHEMA = `<xs:element name="Do"><xs:complexType><xs:sequence>
  <xs:element name="text" type="xs:string"/><xs:element name="many" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element name="deep" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="a" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>`;

/** The operation, answered in process; what it sent is kept. */
function echo() {
  let sent = '';
  const http = new HttpSender({
    wire: async ({ body }) => {
      sent = String(body);
      const text = String((bodyOf(sent) as { text?: unknown }).text ?? '');
      const answer = envelope(`<Done xmlns="urn:do">${escapeXml(text)}</Done>`);
      return {
        status: 200,
        headers: { 'content-type': 'text/xml' },
        body: (async function* () {
          yield Buffer.from(answer);
        })(),
      };
    },
  });
  const operation = soapService({ wsdl: parseWsdl(wsdlOf(SCHEMA)) }).operation<unknown, string>('Do');
  return { call: (input: unknown) => operation.call(input, { http }), sent: () => sent };
}

const bodyOf = (sent: string): unknown =>
  contentOf(readXml(sent).elements.find(({ local }) => local === 'Body')!.elements[0]!);

describe('values', () => {
  test('R16: every text that XML can hold arrives as it was, and comes back as it was', async () => {
    const { call, sent } = echo();
    const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((one) => forbiddenIn(one) === null);
    const markup = fc.constantFrom(
      '<![CDATA[x]]><evil/>]]>',
      '<![CDATA[]]>',
      ']]>',
      '&amp;',
      '<?xml version="1.0"?><a/>',
      ' ',
      '\r\n\t',
      '',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(text, markup),
        fc.array(fc.oneof(text, markup), { minLength: 2, maxLength: 3 }),
        async (one, many) => {
          expect(
            await call({ text: one, many, deep: { attributes: { a: one.replace(/^<!\[CDATA/, '') }, $value: one } }),
          ).toBe(one);
          expect(bodyOf(sent())).toEqual({
            text: one,
            many,
            deep: { attributes: { a: one.replace(/^<!\[CDATA/, '') }, ...(one.trim() === '' ? {} : { $value: one }) },
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  test.each<[string, unknown, string]>([
    ['markup for the library', { _xml: '<evil/>' }, 'a member "_xml"'],
    ['markup inside', { text: { $xml: '<evil/>' } }, '"text" of the input has a member "$xml"'],
    ['a name that is markup', { 'a><evil/><a': '1' }, 'no name of an element'],
    ['declarations', { _xmlns: 'x' }, 'a member "_xmlns"'],
    ['a prototype', JSON.parse('{"__proto__":{"x":1}}'), 'a member "__proto__"'],
    ['an attribute that is markup', { text: { attributes: { 'a="" b': '1' } } }, 'no name of an attribute'],
    ['an attribute like CDATA', { text: { attributes: { a: '<![CDATA["><evil/>]]>' } } }, 'which no attribute can'],
    ['an attribute that is an object', { text: { attributes: { a: { b: 1 } } } }, 'it is an attribute'],
    ['attributes that are none', { text: { attributes: 'x' } }, 'attributes by name'],
    [
      'a type that is markup',
      { text: { attributes: { xsi_type: { type: 'x"><evil/>' } } } },
      'xsi_type" of the input must be',
    ],
    ['a character that XML forbids', { text: 'a\u0000b' }, '"text" of the input holds the character U+0000'],
    ['half of a pair', { text: '\ud800' }, 'U+D800'],
    ['a function', { text: () => 1 }, 'is a function'],
  ])('%s in a message is not sent', (_, input, reason) => {
    for (const style of ['document', 'rpc'] as const) expect(() => sendable(input, style)).toThrow(reason);
  });

  test('what is nested without end is refused', () => {
    let deep: unknown = 'x';
    for (let n = 0; n < 200; n++) deep = { deep };
    expect(() => sendable(deep, 'document')).toThrow('deeper than 100 levels');
  });

  test('dates, bytes and numbers are written as XML Schema writes them', () => {
    const input = {
      at: new Date(0),
      bytes: new Uint8Array([1, 2]),
      big: 2n ** 70n,
      no: Number.NaN,
      inf: -Infinity,
      nil: null,
    };
    expect(sendable(input, 'document')).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      bytes: 'AQI=',
      big: '1180591620717411303424',
      no: 'NaN',
      inf: '-INF',
      nil: null,
    });
    expect(sendable({ a: null }, 'rpc')).toEqual({ a: { attributes: { 'xsi:nil': 'true' } } });
  });
});
