import { SluiceError } from '@sluice/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBpmn, toBpmn } from '../bpmn.ts';

const NS = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:s="https://sluice.dev/schema/bpmn/1.0"';
const document = (inside: string): string =>
  `<definitions ${NS} id="d"><process id="p">${inside}</process></definitions>`;
const error = (input: string | Uint8Array, charset?: string): SluiceError => {
  try {
    fromBpmn(input, { charset });
  } catch (thrown) {
    return thrown as SluiceError;
  }
  throw new Error('It was read.');
};
const bytes = (text: string, encoding: BufferEncoding): Uint8Array => new Uint8Array(Buffer.from(text, encoding));

describe('hostile documents', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'it has no element'],
    ['no XML', '{"name":"x"}', 'text outside'],
    ['a tag that never ends', '<a', 'not readable'],
    ['an element that is never closed', '<a><b></b>', '<a> is never closed'],
    ['tags that cross', '<a><b></a></b>', '</a> closes <b>'],
    ['a closing tag too many', '<a/></a>', 'closes nothing'],
    ['two roots', '<a/><b/>', 'second root'],
    ['an attribute twice', '<a x="1" x="2"/>', 'twice'],
    ['an attribute without quotes', '<a x=1/>', 'not readable'],
    ['"<" in an attribute', '<a x="<"/>', 'not readable'],
    ['a loose ampersand', '<a>a & b</a>', '&amp;'],
    ['an entity of its own', '<a>&lol;</a>', '&amp;'],
    ['a forbidden character', '<a>\u0000</a>', 'does not allow'],
    ['a reference to a forbidden character', '<a>&#0;</a>', 'does not allow'],
    ['half of a pair', '<a>\ud800</a>', 'does not allow'],
    ['an undeclared prefix', '<x:a/>', '"x" is not declared'],
    ['an endless comment', '<a><!-- ', 'never closed'],
    ['two hyphens in a comment', '<a><!-- -- --></a>', '"--"'],
    ['endless CDATA', '<a><![CDATA[ ', 'never closed'],
    ['a name that is none', '<1a/>', 'begins no tag'],
  ])('%s is not well-formed, and the place is named', (_, text, reason) => {
    expect(error(text)).toMatchObject({ code: 'bpmn.malformed', details: { reason: expect.stringContaining(reason) } });
  });

  test('the line and the column of a mistake are right', () => {
    expect(error('<a>\n  <b></c>\n</a>')).toMatchObject({ details: { line: 2, column: 6 } });
  });

  test.each([
    ['a document type', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    [
      'an entity bomb',
      `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "${'&a;'.repeat(10)}">`).join('')}]><a>&a19;</a>`,
    ],
    ['a declaration inside', '<a><!ENTITY x "y"></a>'],
  ])('%s is refused before anything of it is read', (_, text) => {
    expect(error(text)).toMatchObject({ code: 'bpmn.doctype' });
  });

  test('what is too large, too deep or too much is refused within bounded time', () => {
    expect(error('x'.repeat(10_000_000)).code).toBe('bpmn.too_large');
    expect(error('<a>'.repeat(500_000)).code).toBe('bpmn.too_large');
    expect(error(document('<task id="a"/>'.repeat(1) + '<a/>'.repeat(500_000))).code).toBe('bpmn.too_large');
    expect(error(`<a ${'x '.repeat(1_000_000)}/>`).code).toBe('bpmn.malformed');
    expect(error(`<a ${'='.repeat(1_000_000)}/>`).code).toBe('bpmn.malformed');
    expect(error(`<a>${'&'.repeat(1_000_000)}</a>`).code).toBe('bpmn.malformed');
    expect(error(`<a${' '.repeat(4_000_000)}`).code).toBe('bpmn.malformed');
    expect(error('<'.repeat(4_000_000)).code).toBe('bpmn.malformed');
  }, 120_000);

  test('the largest topology there may be goes in and out, with a layout, within bounded time', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => `n${n}`);
    const model = {
      name: 'large',
      nodes: ids.map((id, n) => ({ id, kind: n === 0 ? ('start' as const) : ('map' as const) })),
      connections: ids.flatMap((from, n) =>
        [1, 7, 77, 777, 1_500].map((step) => ({ from, to: ids[1 + ((n * step + step) % 1_999)]! })),
      ),
    };
    const read = fromBpmn(toBpmn(model)).model;
    expect(read).toMatchObject(model);
  }, 120_000);

  test('encodings: what the document says holds, a mark or the transport before it', () => {
    const text = document('<startEvent id="a" name="Žluťoučký kůň"/>');
    const name = (input: Uint8Array, charset?: string): unknown => fromBpmn(input, { charset }).model.nodes[0]!.name;
    expect(name(bytes(text, 'utf8'))).toBe('Žluťoučký kůň');
    expect(name(bytes(`\ufeff${text}`, 'utf8'))).toBe('Žluťoučký kůň');
    expect(name(bytes(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${text}`, 'utf16le'))).toBe('Žluťoučký kůň');
    const latin = document('<startEvent id="a" name="déjà"/>');
    expect(name(bytes(`<?xml version="1.0" encoding="ISO-8859-1"?>${latin}`, 'latin1'))).toBe('déjà');
    expect(name(bytes(latin, 'latin1'), 'iso-8859-1')).toBe('déjà');
    expect(error(bytes(latin, 'latin1'))).toMatchObject({ code: 'bpmn.encoding', details: { encoding: 'utf-8' } });
    expect(error(bytes(`<?xml version="1.0" encoding="EBCDIC-CP-US"?>${latin}`, 'utf8'))).toMatchObject({
      code: 'bpmn.encoding',
      message: expect.stringContaining('EBCDIC-CP-US'),
    });
  });

  test.each<[string, string, string, string]>([
    ['another language', 'bpmn.not_bpmn', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'xhtml'],
    ['no namespace', 'bpmn.not_bpmn', '<definitions/>', 'definitions'],
    ['no process', 'bpmn.no_process', `<definitions ${NS}><collaboration id="c"/></definitions>`, 'no process'],
    ['an id twice', 'bpmn.references', document('<task id="a"/><task id="a"/>'), 'two elements have the id "a"'],
    ['a task without an id', 'bpmn.references', document('<task name="x"/>'), '<task> has no id'],
    [
      'a flow to nowhere',
      'bpmn.references',
      document('<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="gone"/>'),
      'names "gone"',
    ],
    [
      'a flow from what is no flow node',
      'bpmn.references',
      document('<task id="a"/><dataObject id="o"/><sequenceFlow id="f" sourceRef="o" targetRef="a"/>'),
      'names "o"',
    ],
    [
      'a flow over the border of a sub-process',
      'bpmn.references',
      document(
        '<task id="a"/><subProcess id="s"><task id="b"/></subProcess><sequenceFlow id="f" sourceRef="a" targetRef="b"/>',
      ),
      'border of a sub-process',
    ],
    [
      'an event on nothing',
      'bpmn.references',
      document('<boundaryEvent id="e" attachedToRef="x"/>'),
      'attached to "x"',
    ],
    [
      'our extension with what is no JSON',
      'bpmn.extension',
      document(
        '<task id="a"><extensionElements><s:node kind="custom"><s:setting name="prefetch">five</s:setting></s:node></extensionElements></task>',
      ),
      'prefetch',
    ],
    [
      'our extension with what no model holds',
      'bpmn.beyond_model',
      document('<task id="a"><extensionElements><s:node kind="magic"/></extensionElements></task>'),
      'kind',
    ],
    [
      'more nodes than a model holds',
      'bpmn.beyond_model',
      document(Array.from({ length: 2_001 }, (_, n) => `<task id="t${n}"/>`).join('')),
      'nodes',
    ],
  ])('%s is refused as %s', (_, code, text, reason) => {
    expect(error(text)).toMatchObject({ code, message: expect.stringContaining(reason) });
  });

  test('a model that cannot be drawn is refused with all reasons', () => {
    const twice = {
      name: 't',
      nodes: [
        { id: 'a', kind: 'map' as const },
        { id: 'a', kind: 'map' as const },
      ],
    };
    expect(() => toBpmn({ ...twice, connections: [{ from: 'a', to: 'b' }] })).toThrow(
      expect.objectContaining({
        code: 'bpmn.not_drawable',
        message: expect.stringMatching(/two nodes are called "a".*unknown node "b"/),
      }),
    );
  });

  test('whatever is done to a document, it is read or refused with a code', () => {
    const whole = document(
      '<!-- c --><startEvent id="a"><timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition></startEvent><task id="b"><multiInstanceLoopCharacteristics/></task><boundaryEvent id="e" attachedToRef="b"><errorEventDefinition errorRef="x"/></boundaryEvent><sequenceFlow id="f" sourceRef="a" targetRef="b"/><sequenceFlow id="g" sourceRef="e" targetRef="b"><conditionExpression language="x">1</conditionExpression></sequenceFlow><endEvent id="z"/>',
    );
    const cut = fc.tuple(
      fc.nat(whole.length),
      fc.nat(20),
      fc.constantFrom('', '<', '&', '"', '>', 'id="a"', '<task/>', '__proto__'),
    );
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        let text = whole;
        for (const [at, length, put] of cuts) text = text.slice(0, at) + put + text.slice(at + length);
        try {
          const { model } = fromBpmn(text);
          expect(toBpmn(model, { layout: false })).toBe(text);
        } catch (thrown) {
          if (!(thrown instanceof SluiceError)) throw thrown;
          expect(thrown.code).toMatch(/^bpmn\./);
        }
      }),
      { numRuns: 3_000 },
    );
  }, 120_000);

  test('names of the prototype are names like any other', () => {
    const text = document(
      '<startEvent id="constructor"/><task id="__proto__"><extensionElements><s:node kind="custom" worker="w" action="toString"><s:property name="hasOwnProperty">1</s:property></s:node></extensionElements></task><sequenceFlow id="f" sourceRef="constructor" targetRef="__proto__"/>',
    );
    const { model, problems } = fromBpmn(text);
    expect(problems).toEqual([]);
    expect(model.nodes.map(({ id }) => id)).toEqual(['constructor', '__proto__']);
    const { layout: _, ...bare } = model;
    expect(fromBpmn(toBpmn(bare as typeof model)).model).toMatchObject(bare);
  });
});
