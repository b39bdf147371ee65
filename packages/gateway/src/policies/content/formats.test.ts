import { describe, expect, test } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';
import { readForm, writeForm } from './form.ts';
import { readJson } from './json.ts';
import { wanted } from './negotiation.ts';
import { readXml, writeXml } from './xml.ts';

describe('formats', () => {
  test('XML comes back as it was: attributes, repeated elements, text beside attributes', () => {
    const text = '<order id="7"><line>a</line><line>b &amp; c</line><note lang="de">x</note><empty></empty></order>';
    const value = { order: { '@id': '7', line: ['a', 'b & c'], note: { '#text': 'x', '@lang': 'de' }, empty: '' } };
    expect(readXml(text)).toEqual(value);
    expect(readXml(writeXml(value))).toEqual(value);
    expect(readXml(writeXml([{ a: 1 }, { a: 2 }]))).toEqual({ root: { item: [{ a: '1' }, { a: '2' }] } });
  });

  test('no entity is expanded, none is fetched, and depth has an end', () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>';
    expect(() => readXml(laughs)).toThrow(/document type/);
    expect(() => readXml('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')).toThrow(/document type/);
    expect(() => readXml('<a>'.repeat(5_000) + '</a>'.repeat(5_000))).toThrow();
    expect(() => readXml('<a><b></a>')).toThrow(/line 1/);
    expect(() => writeXml({ 'a b><script>': 1 })).toThrow(/no name of an element/);
  });

  test('JSON has at most 100 levels; brackets in texts are no levels', () => {
    expect(readJson('['.repeat(100) + ']'.repeat(100))).toHaveLength(1);
    expect(() => readJson('['.repeat(1_000_000))).toThrow(/more than 100 levels/);
    expect(readJson(`"${'['.repeat(1_000)}"`)).toHaveLength(1_000);
    expect(readJson('"\\"[[["')).toBe('"[[[');
  });

  test('a form is flat, and a name that comes twice is a list', () => {
    expect(readForm('a=1&b=2&a=3&__proto__=x')).toEqual(JSON.parse('{"a":["1","3"],"b":"2","__proto__":"x"}'));
    expect(writeForm({ a: ['1', 2], b: 'x y', c: null })).toBe('a=1&a=2&b=x+y');
    expect(() => writeForm({ a: { b: 1 } })).toThrow(/flat/);
  });

  test('CSV has its names in the first line, and no cell is a formula', () => {
    expect(readCsv('id,name\r\n1,"a, b"\r\n2,c\r\n')).toEqual([
      { id: '1', name: 'a, b' },
      { id: '2', name: 'c' },
    ]);
    expect(
      writeCsv([
        { id: 1, cell: '=HYPERLINK("http://x")' },
        { id: -5, cell: '+1' },
      ]),
    ).toBe('id,cell\r\n1,"\'=HYPERLINK(""http://x"")"\r\n-5,+1\r\n');
    expect(() => readCsv('a,b\n1,2,3')).toThrow();
    expect(() => writeCsv([{ a: {} }])).toThrow(/flat/);
  });

  test('Accept decides by its weights; what is liked the same goes by the order of the route', () => {
    expect(wanted(undefined, ['json', 'xml'])).toBe('json');
    expect(wanted('application/json;q=0.5, text/xml', ['json', 'xml'])).toBe('xml');
    expect(wanted('*/*', ['csv', 'json'])).toBe('csv');
    expect(wanted('application/json;q=0, */*', ['json', 'csv'])).toBe('csv');
    expect(() => wanted('image/png', ['json'])).toThrow(/None of the formats/);
  });
});
