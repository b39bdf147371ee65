import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkField, checkForm, isShown } from './check.ts';
import { FIELD_TYPES, type Field, type Form, type Json } from './form.ts';
import { fillTemplate, hostIsUserGiven } from './template.ts';

const of = (type: Field['type'], more: Partial<Field> = {}): Field => ({ key: 'f', label: 'F', type, ...more });

describe('the check of a form', () => {
  test.each<[Field, Json[], Json[]]>([
    [of('text'), ['a', ''], [1, true, ['a'], 'x'.repeat(10_001)]],
    [of('text', { format: 'email' }), ['ann@example.com'], ['ann', 'a@b', 'a b@example.com', '@example.com']],
    [of('text', { format: 'hostname' }), ['shop.example.com', 'a'], ['-a', 'a..b', 'a/b', 'a:1', 'a@b', '*.b']],
    [of('text', { format: 'identifier' }), ['a-b_1.c'], ['a b', 'a/b', '€']],
    [of('text', { format: 'uuid' }), ['0191d0a0-7e57-7abc-8def-000000000001'], ['0191d0a0']],
    [of('textarea', { format: 'pem' }), ['-----BEGIN PRIVATE KEY-----\nx'], ['x']],
    [of('url'), ['https://a.example', 'http://a/b'], ['a', 'javascript:alert(1)', 'https://u:p@a.example', 1]],
    [of('number', { minimum: 0 }), [0, 1.5], ['1', -1, Number.NaN as Json]],
    [of('checkbox'), [true, false], ['true', 1]],
    [of('select', { choices: [{ value: 'a', label: 'A' }] }), ['a'], ['b', 1]],
    [of('select', { live: true }), ['whatever'], [1]],
    [of('multi-select', { choices: [{ value: 'a', label: 'A' }] }), [[], ['a']], ['a', ['b'], [1]]],
    [of('date'), ['2026-02-28', '2026-02-28T10:00:00+01:00'], ['2026-02-30', '28.2.2026', 1]],
    [of('key-value'), [{}, { a: 'b' }], [[], { a: 1 }, { '': 'x' }, 'a']],
    [
      of('file', { maxBytes: 3 }),
      [{ name: 'a', contentType: 'text/plain', base64: 'YWJj' }],
      [{ name: 'a', contentType: 'text/plain', base64: 'YWJjZA==' }, { name: 'a' }, 'YWJj'],
    ],
  ])('%o', (field, good, bad) => {
    for (const value of good) expect(checkField(field, value), JSON.stringify(value)).toBeNull();
    for (const value of bad) expect(checkField(field, value), JSON.stringify(value)).toMatch(/expected|long|base64/);
  });

  test('what is required must be there, and an empty text is nothing', () => {
    for (const empty of [undefined, null, ''])
      expect(checkField(of('text', { required: true }), empty)).toBe('This is required.');
    expect(checkField(of('checkbox', { required: true }), false)).toBe('This must be accepted.');
    expect(checkField(of('multi-select', { required: true, choices: [] }), [])).toBe('Choose at least one.');
  });

  test('a field that is not shown is not asked for, and conditions follow each other', () => {
    const form: Form = {
      key: 's',
      label: 'S',
      fields: [
        { ...of('select', { choices: [{ value: 'x', label: 'X' }] }), key: 'a' },
        { ...of('text', { when: { field: 'a', in: ['x'] }, required: true }), key: 'b' },
        { ...of('text', { when: { field: 'b', in: ['y'] }, required: true }), key: 'c' },
        { ...of('text', { when: { field: 'd', in: ['y'] }, required: true }), key: 'd' },
      ],
    };
    expect(checkForm(form, {})).toEqual({});
    expect(checkForm(form, { a: 'x' })).toEqual({ b: 'This is required.' });
    expect(checkForm(form, { a: 'x', b: 'y' })).toEqual({ c: 'This is required.' });
    expect(checkForm(form, { b: 'y' })).toEqual({});
    expect(isShown(form.fields[3]!, form, {})).toBe(false);
  });

  test('no value of any type makes it throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), fc.jsonValue(), (type, value) => {
        const problem = checkField(of(type, { choices: [] }), value as Json);
        expect(problem === null || typeof problem === 'string').toBe(true);
      }),
    );
  });
});

describe('an address with parts', () => {
  const settings = { s: { shop: 'my-shop', url: 'https://crm.example.com/base/', id: 'a/../b?c', host: 'evil.com/x' } };

  test('parts are filled in as text fits where they stand', () => {
    expect(fillTemplate('https://{s.shop}.example.com/api', settings)).toEqual({
      url: 'https://my-shop.example.com/api',
      userGivenHost: true,
    });
    expect(fillTemplate('{s.url}/v2', settings).url).toBe('https://crm.example.com/base/v2');
    expect(fillTemplate('https://api.example.com/{s.id}', settings)).toEqual({
      url: 'https://api.example.com/a%2F..%2Fb%3Fc',
      userGivenHost: false,
    });
    expect(hostIsUserGiven('https://api.example.com/{s.id}')).toBe(false);
  });

  test('nobody leaves the host that the author meant', () => {
    expect(() => fillTemplate('https://{s.host}.example.com', settings)).toThrow('name of a host');
    expect(() => fillTemplate('{s.shop}/v2', settings)).toThrow('http://');
    expect(() => fillTemplate('https://{s.none}.example.com', settings)).toThrow('not filled in');
    fc.assert(
      fc.property(fc.string(), (shop) => {
        let url: string;
        try {
          url = fillTemplate('https://{s.shop}.example.com/x', { s: { shop } }).url;
        } catch {
          return;
        }
        expect(new URL(url).hostname.endsWith('.example.com')).toBe(true);
      }),
    );
  });
});
