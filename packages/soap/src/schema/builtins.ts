// The simple types of XML Schema: as JSON Schema, and how their texts become values.

import type { JsonSchema } from '@sluice/protocol';
import { Fail } from '@sluice/sdk';

interface Builtin {
  readonly schema: JsonSchema;
  /** Absent for what stays text. */
  readonly read?: (text: string) => unknown;
}

const text = (description?: string): Builtin => ({
  schema: { type: 'string', ...(description ? { description } : {}) },
});
const integer = (bounds: JsonSchema = {}): Builtin => ({ schema: { type: 'integer', ...bounds }, read: readNumber });
const exact = (type: 'integer' | 'number', bounds: JsonSchema = {}): Builtin => ({
  // Text is what a JSON number cannot hold: 18 digits of a key, INF.
  schema: { type: [type, 'string'], ...bounds },
  read: readNumber,
});

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  string: text(),
  normalizedString: text(),
  token: text(),
  language: text(),
  Name: text(),
  NCName: text(),
  NMTOKEN: text(),
  NMTOKENS: text(),
  ID: text(),
  IDREF: text(),
  IDREFS: text(),
  ENTITY: text(),
  ENTITIES: text(),
  QName: text('xsd:QName'),
  NOTATION: text(),
  anyURI: text('xsd:anyURI'),
  date: text('xsd:date, such as 2026-11-25'),
  dateTime: text('xsd:dateTime, such as 2026-11-25T09:00:00Z'),
  time: text('xsd:time, such as 09:00:00'),
  duration: text('xsd:duration, such as P1DT2H'),
  gYear: text('xsd:gYear'),
  gYearMonth: text('xsd:gYearMonth'),
  gMonth: text('xsd:gMonth'),
  gMonthDay: text('xsd:gMonthDay'),
  gDay: text('xsd:gDay'),
  base64Binary: { schema: { type: 'string', contentEncoding: 'base64' } },
  hexBinary: { schema: { type: 'string', contentEncoding: 'base16' } },
  boolean: { schema: { type: 'boolean' }, read: readBoolean },
  byte: integer({ minimum: -128, maximum: 127 }),
  short: integer({ minimum: -32_768, maximum: 32_767 }),
  int: integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 }),
  unsignedByte: integer({ minimum: 0, maximum: 255 }),
  unsignedShort: integer({ minimum: 0, maximum: 65_535 }),
  unsignedInt: integer({ minimum: 0, maximum: 4_294_967_295 }),
  long: exact('integer'),
  unsignedLong: exact('integer', { minimum: 0 }),
  integer: exact('integer'),
  nonNegativeInteger: exact('integer', { minimum: 0 }),
  positiveInteger: exact('integer', { minimum: 1 }),
  nonPositiveInteger: exact('integer', { maximum: 0 }),
  negativeInteger: exact('integer', { maximum: -1 }),
  decimal: exact('number'),
  float: exact('number'),
  double: exact('number'),
  anyType: { schema: {} },
  anySimpleType: { schema: {} },
};

/** A number when it is exactly that number, else the text: nothing is rounded in silence. */
export function readNumber(said: string): number | string {
  if (/^[+-]?(INF|NaN)$/.test(said)) return said;
  const parts = /^[+-]?(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/.exec(said);
  if (!parts || (!parts[1] && !parts[2]))
    throw new Fail(`A number was expected in the answer, got "${said.slice(0, 100)}".`);
  const digits = `${parts[1]}${(parts[2] ?? '').replace(/0+$/, '')}`.replace(/^0+/, '');
  const isExact =
    parts[2] || parts[3] ? digits.length <= 15 : digits.length <= 15 || Number.isSafeInteger(Number(said));
  return isExact ? Number(said) : said;
}

export function readBoolean(said: string): boolean {
  if (said === 'true' || said === '1') return true;
  if (said === 'false' || said === '0') return false;
  throw new Fail(`A boolean was expected in the answer, got "${said.slice(0, 100)}".`);
}
