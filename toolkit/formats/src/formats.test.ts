import { deflateRawSync } from 'node:zlib';
import { liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('Formats, as they are offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const worker = liveWorker({ steps });
const run = async <T = Record<string, never>>(step: string, input: object): Promise<T> => {
  const result = await worker.run(step, input);
  if (result.kind !== 'forward') throw new Error(`${result.kind}: ${result.reason}`);
  return result.json<T>();
};
const refused = async (step: string, input: object): Promise<unknown> => (await worker.run(step, input)).outcome;
const asInvalid = { kind: 'fail', code: 'format.invalid' };

describe('R15: formats', () => {
  test('CSV: quotes, lines in cells, other delimiters and character sets; back again it is the same', async () => {
    const rows = [
      { id: '1', name: 'a "b", c\nd', 'n é': '' },
      { id: '2', name: '=1+1', 'n é': 'ü' },
    ];
    const { content } = await run<{ content: string }>('format-csv', { rows });
    expect((await run<{ rows: unknown }>('parse-csv', { content })).rows).toEqual(rows);
    expect((await run<{ content: string }>('format-csv', { rows, forSpreadsheets: true })).content).toContain("'=1+1");
    expect(await run('parse-csv', { content: '1;2\r\n3;4\r\n', delimiter: ';', header: false })).toEqual({
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      count: 2,
    });
    expect(
      await run('parse-csv', {
        content: Buffer.from([0x61, 0x0a, 0xe9]).toString('base64'),
        encoding: 'base64',
        charset: 'iso-8859-1',
      }),
    ).toEqual({ rows: [{ a: 'é' }], count: 1 });
    expect(
      (await run<{ content: string }>('format-csv', { rows: [{ a: 1, b: true, c: { d: 1 } }, { e: null }] })).content,
    ).toBe('a,b,c,e\r\n1,true,"{""d"":1}",\r\n,,,\r\n');
  });

  test('large contents are split page by page, each page as it was when it is asked for again', async () => {
    const lines = Array.from({ length: 25 }, (_, id) => `${id},"é\n${id}"`);
    const csv = { content: `id,name\n${lines.join('\n')}\n`, pageSize: 10 };
    const pages = await worker.pages('split-csv', csv);
    expect(pages.map(({ items }) => items.length)).toEqual([10, 10, 5]);
    expect(pages[2]!.json(4)).toEqual({ id: '24', name: 'é\n24' });
    const { cursor } = pages[0]!.outcome as { cursor: string };
    expect((await worker.run('split-csv', csv, { cursor })).items).toEqual(pages[1]!.items);
    const content = Array.from({ length: 5 }, (_, n) => JSON.stringify({ n })).join('\n');
    const json = await worker.pages('split-json-lines', { content, pageSize: 2 });
    expect(json.flatMap((page) => page.items.map((_, at) => page.json<{ n: number }>(at).n))).toEqual([0, 1, 2, 3, 4]);
    expect((await run<{ content: string }>('format-json-lines', { rows: [1, { a: 'b\n' }] })).content).toBe(
      '1\n{"a":"b\\n"}\n',
    );
    for (const step of ['split-csv', 'split-json-lines'])
      expect((await worker.run(step, csv, { cursor: '-1' })).kind).toBe('fail');
  });

  test('XML as a value, and back', async () => {
    const value = { order: { '@id': '7', line: ['a', '<b> & "c"'], note: { '@lang': 'de', '#text': 'ü' } } };
    const { content } = await run<{ content: string }>('format-xml', { value });
    expect(await run('parse-xml', { content })).toEqual({ value });
    for (const wrong of [{ 'a b': 1 }, { a: 1, b: 2 }, {}, { 'a><evil/': 1 }, { a: [[1]] }])
      expect(await refused('format-xml', { value: wrong }), JSON.stringify(wrong)).toMatchObject(asInvalid);
  });

  test('XLSX: what we write others read, and what others write we read', async () => {
    const { default: writeOther } = (await import('write-excel-file/node')) as unknown as {
      default: (rows: object, options?: object) => { toBuffer(): Promise<Buffer> };
    };
    const { default: readOther } = (await import('read-excel-file/node')) as unknown as {
      default: (bytes: Buffer) => Promise<unknown>;
    };
    const rows = [{ id: 1, name: '=1+1 <é> & "x"', ok: true, empty: null }];
    const { content } = await run<{ content: string }>('format-xlsx', {
      sheets: [
        { name: 'A & B', rows },
        { name: 'Other', rows: [[1, 2]] },
      ],
    });
    expect(await run('parse-xlsx', { content })).toEqual({
      rows: [{ id: 1, name: '=1+1 <é> & "x"', ok: true }],
      count: 1,
      sheet: 'A & B',
      sheets: ['A & B', 'Other'],
    });
    expect((await run<{ rows: unknown }>('parse-xlsx', { content, sheet: 'Other', header: false })).rows).toEqual([
      [1, 2],
    ]);
    const theirs = await readOther(Buffer.from(content, 'base64'));
    expect(JSON.stringify(theirs)).toContain(JSON.stringify(['id', 'name', 'ok', 'empty']));
    const at = new Date('2026-01-31T00:00:00Z');
    const other = await writeOther([
      [{ value: 'when' }, { value: 'what' }],
      [
        { value: at, type: Date, format: 'dd.mm.yyyy' },
        { value: 'é', type: String },
      ],
    ]).toBuffer();
    expect(
      (await run<{ rows: unknown }>('parse-xlsx', { content: Buffer.from(other).toString('base64') })).rows,
    ).toEqual([{ when: '2026-01-31', what: 'é' }]);
    expect(await refused('parse-xlsx', { content, sheet: 'None' })).toMatchObject({
      kind: 'fail',
      code: 'format.no_sheet',
    });
  });

  const ORDERS =
    "UNA:+.? '\nUNB+UNOC:3+SENDER+RECEIVER+260131:1200+1'\nUNH+1+ORDERS:D:96A:UN'BGM+220+PO?'1?+2'FTX+AAI+++a?:b:c'UNT+4+1'UNZ+1+1'";

  test('EDIFACT: segments, elements and components, and back', async () => {
    const read = await run<{ segments: { tag: string; elements: string[][] }[]; delimiters: object }>('parse-edifact', {
      content: ORDERS,
    });
    expect(read.segments.map(({ tag }) => tag)).toEqual(['UNB', 'UNH', 'BGM', 'FTX', 'UNT', 'UNZ']);
    expect(read.segments[2]!.elements).toEqual([['220'], ["PO'1+2"]]);
    expect(read.segments[3]!.elements).toEqual([['AAI'], [''], [''], ['a:b', 'c']]);
    const { content } = await run<{ content: string }>('format-edifact', read);
    expect(await run('parse-edifact', { content })).toEqual(read);
    const own = { component: '|', element: '^', decimal: ',', release: '\\', terminator: '~' };
    const other = await run<{ content: string }>('format-edifact', {
      segments: [{ tag: 'BGM', elements: [['a|b', 'c'], ['^~\\']] }],
      delimiters: own,
    });
    expect(other.content).toBe('UNA|^,\\ ~BGM^a\\|b|c^\\^\\~\\\\~');
    expect(await run('parse-edifact', { content: other.content })).toEqual({
      delimiters: own,
      segments: [{ tag: 'BGM', elements: [['a|b', 'c'], ['^~\\']] }],
    });
  });

  test('what is damaged, cut off, or a bomb is refused with its place, and goes on nowhere as a part', async () => {
    expect(await refused('parse-csv', { content: 'a,b\n1\n' })).toMatchObject({
      ...asInvalid,
      reason: expect.stringMatching(/line 2/),
    });
    for (const content of ['a,b\n"1', `a\n"${'x'.repeat(1_100_000)}"`, 'a\n"1"2\n'])
      expect(await refused('parse-csv', { content })).toMatchObject(asInvalid);
    expect(await refused('parse-csv', { content: 'a\n1\n2\n3\n', maxRows: 2 })).toMatchObject({
      kind: 'fail',
      code: 'format.too_many_rows',
    });
    expect(await refused('parse-csv', { content: '/w==', encoding: 'base64' })).toMatchObject(asInvalid);
    expect(await refused('parse-csv', { content: '', encoding: 'base64', charset: 'nothing' })).toMatchObject(
      asInvalid,
    );
    expect(await refused('parse-json-lines', { content: '{}\n{' })).toMatchObject({
      ...asInvalid,
      reason: expect.stringMatching(/line 2/),
    });
    const bomb = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>';
    for (const content of ['<a>', '<a></b>', '', bomb, '<a b=c/>', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`])
      expect(await refused('parse-xml', { content }), content.slice(0, 50)).toMatchObject(asInvalid);
    const cuts = [
      ORDERS.slice(0, -2),
      ORDERS.replace('UNT+4', 'UNT+5'),
      ORDERS.replace('UNT+4+1', 'UNT+4+2'),
      ORDERS.replace('UNZ+1', 'UNZ+2'),
      ORDERS.replace("UNT+4+1'", ''),
      ORDERS.replace('UNA:+.?', 'UNA::.?'),
      `${ORDERS}x+1'`,
      ORDERS.replace("UNZ+1+1'", 'UNZ+1+?'),
      '',
      'UNA',
      'UNAxxxxxx',
    ];
    for (const content of cuts)
      expect(await refused('parse-edifact', { content }), content.slice(-40)).toMatchObject(asInvalid);
  });

  test('archives that hold more than they say, too much, or nothing of a workbook are refused', async () => {
    const asXlsx = (bytes: Uint8Array) => ({ content: Buffer.from(bytes).toString('base64') });
    const { content } = await run<{ content: string }>('format-xlsx', { sheets: [{ name: 'A', rows: [[1]] }] });
    const whole = Buffer.from(content, 'base64');
    const text = (body: string) => new TextEncoder().encode(body);
    const sheet = (body: string) =>
      zipSync({
        'xl/workbook.xml': text('<workbook xmlns:r="r"><sheets><sheet name="A" r:id="x"/></sheets></workbook>'),
        'xl/_rels/workbook.xml.rels': text(
          '<Relationships><Relationship Id="x" Target="worksheets/a.xml"/></Relationships>',
        ),
        'xl/worksheets/a.xml': text(body),
      });
    const row = (attributes: string, cell: string) =>
      `<worksheet><sheetData><row ${attributes}>${cell}</row></sheetData></worksheet>`;
    const lying = Buffer.from(whole);
    const entry = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(1, entry + 24);
    const huge = Buffer.from(whole);
    huge.writeUInt32LE(0xffffffff, huge.lastIndexOf('xl/workbook.xml') - 46 + 24);
    const bomb = deflateRawSync(Buffer.alloc(1_000));
    const wrong: [string, Uint8Array][] = [
      ['nothing', Buffer.alloc(0)],
      ['no archive', Buffer.from('hello')],
      ['cut off', whole.subarray(0, whole.length - 30)],
      ['a member larger than all may be', huge],
      ['no workbook', zipSync({ 'a.xml': bomb })],
      ['a row far down', sheet(row('r="99999999"', ''))],
      ['no number of a row', sheet(row('r="x"', ''))],
      ['a cell far right', sheet(row('r="1"', '<c r="ZZZ1"><v>1</v></c>'))],
      ['a document type', sheet('<!DOCTYPE a><worksheet/>')],
      ['cut XML', sheet('<worksheet><sheetData>')],
    ];
    for (const [title, bytes] of wrong)
      expect(await refused('parse-xlsx', asXlsx(bytes)), title).toMatchObject(asInvalid);
    // The lying size is of a member that is not read: the first one names types only.
    expect((await worker.run('parse-xlsx', asXlsx(lying))).kind).toBe('forward');
  });
});
