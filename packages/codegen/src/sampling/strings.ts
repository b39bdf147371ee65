// A text that is what a schema asks for.

import type { JsonSchema } from '@sluice/protocol';

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'ann@example.com',
  'idn-email': 'ann@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  'uri-reference': '/',
  'uri-template': '/{id}',
  'json-pointer': '/a',
  uuid: '00000000-0000-4000-8000-000000000001',
  regex: '.*',
  byte: 'dGV4dA==',
  binary: 'text',
  ulid: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
};

/** What patterns of real descriptions often want. */
const TRIALS = [
  'text',
  'a',
  'A',
  '1',
  '10',
  'abc-1',
  'ABC',
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  '12:00',
  'a@example.com',
  'https://example.com/',
  '#ffffff',
  'a/b',
  'a:b',
  '0'.repeat(32),
  '0'.repeat(40),
  'a'.repeat(64),
  '1.0.0',
  'en-US',
  '+4512345678',
  'EUR',
  '0x0',
];

export function sampleText(schema: JsonSchema): string {
  const { format, pattern, minLength, maxLength } = schema;
  const least = typeof minLength === 'number' ? minLength : 0;
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  const usual = Object.hasOwn(FORMATS, String(format)) ? FORMATS[String(format)]! : 'text';
  const fitting = (text: string): string =>
    text.length < least ? text.padEnd(Math.min(least, 10_000), 'x') : text.slice(0, most);
  if (typeof pattern !== 'string' || pattern.length > 1_000) return fitting(usual);
  const matches = matcher(pattern);
  const trials = [usual, ...TRIALS].flatMap((text) => [text, fitting(text)]);
  return (
    trials.find((text) => text.length >= least && text.length <= most && matches(text)) ?? spelled(pattern) ?? usual
  );
}

function matcher(pattern: string): (text: string) => boolean {
  try {
    const expression = new RegExp(pattern, 'u');
    return (text) => expression.test(text);
  } catch {
    // What is no expression here is checked by nobody.
    return () => true;
  }
}

/** Of a pattern that puts classes and texts one after the other, with how often; of alternatives the first: `^[A-Z]{2}(\d{4}|x)$`. */
function spelled(pattern: string): string | undefined {
  const plain = withoutGroups(pattern).split('|', 1)[0]!.replace(/^\^/, '').replace(/\$$/, '');
  const parts = [...plain.matchAll(/(\[(?:\\.|[^\]])+\]|\\.|[^\\[\](){}*+?.|^$]|\.)(\{(\d+)(?:,\d*)?\}|[*+?])?/g)];
  if (parts.map(([all]) => all).join('') !== plain) return undefined;
  let text = '';
  for (const [, atom, , count] of parts) {
    const matches = matcher(`^(?:${atom})$`);
    const one = [...`${atom!.at(-1)}a0A-_. x:/@Zz9#,`].find((character) => matches(character));
    if (one === undefined) return undefined;
    text += one.repeat(Math.min(count === undefined ? 1 : Number(count), 1_000));
  }
  return matcher(pattern)(text) ? text : undefined;
}

/** A group is its first alternative; one that may be left out is. */
function withoutGroups(pattern: string): string {
  let text = pattern;
  for (let n = 0; n < 20; n++) {
    const next = text.replace(
      /(?<!\\)\((?:\?:)?((?:\\.|[^()\\])*)\)([*?])?/,
      (_all, inner: string, optional?: string) => (optional ? '' : inner.split('|', 1)[0]!),
    );
    if (next === text) break;
    text = next;
  }
  return text;
}
