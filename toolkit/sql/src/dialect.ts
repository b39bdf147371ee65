// Where databases differ in their SQL, and how their values become JSON without losing anything.

import { Fail, type Json } from '@sluice/sdk';

export interface Dialect {
  /** Around names; doubled inside of them. */
  readonly quote: '"' | '`';
  /** Of the parameter with this number, from 1. */
  placeholder(number: number): string;
  /** Ends an INSERT that changes rows which are there; columns are quoted. */
  upsert(keys: readonly string[], others: readonly string[]): string;
  /** Ends an INSERT that leaves rows which are there. */
  ignore(columns: readonly string[]): string;
  /** Most parameters of one statement. */
  readonly maxParameters: number;
  /** A value of a column: objects and lists are JSON. */
  bind(value: Json): Json;
  /** Makes the table of `once` where it is not there. */
  readonly ledger: string;
}

const MAX_NAME = 128;

/** `a.b` is a table in a schema. @throws Fail `step.input_invalid` */
export function quoted({ quote }: Dialect, name: string): string {
  const parts = name.split('.');
  if (parts.length > 3 || parts.some((part) => part === '' || part.length > MAX_NAME || /\p{Cc}/u.test(part)))
    throw new Fail(`A name of a table or column was expected, got "${name.slice(0, MAX_NAME)}".`, {
      code: 'step.input_invalid',
    });
  return parts.map((part) => `${quote}${part.replaceAll(quote, quote + quote)}${quote}`).join('.');
}

/** A column is one name, whatever stands in it. */
export function quotedColumn(dialect: Dialect, name: string): string {
  const { quote } = dialect;
  if (name === '' || name.length > MAX_NAME || /\p{Cc}/u.test(name))
    throw new Fail(`A name of a column was expected, got "${name.slice(0, MAX_NAME)}".`, {
      code: 'step.input_invalid',
    });
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

/** A number where JSON can hold it exactly, else its digits. */
export const exactly = (digits: bigint | string): number | string =>
  Number.isSafeInteger(Number(digits)) && String(Number(digits)) === String(digits) ? Number(digits) : String(digits);

/** A value of a row as JSON: bytes as base64, times as texts. */
export function cellOf(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return exactly(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return value as Json;
}
