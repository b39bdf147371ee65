// SQL that is written for whoever gives tables and rows. Names are quoted, values are bound.

import { Fail, type Json } from '@sluice/sdk';
import type { Row, Statement } from '../client.ts';
import { type Dialect, quoted, quotedColumn } from '../dialect.ts';

type Values = Readonly<Record<string, Json>>;
export type OnConflict = 'fail' | 'ignore' | { readonly update: readonly string[] };

/** As many statements as it takes to stay below the most parameters. */
export function insertStatements(
  dialect: Dialect,
  table: string,
  rows: readonly Row[],
  conflict: OnConflict,
): Statement[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) throw invalid('Every row was expected to have at least one column.');
  if (columns.length > dialect.maxParameters)
    throw invalid(`A row has ${columns.length} columns, which no statement can take.`);
  const names = columns.map((column) => quotedColumn(dialect, column));
  const end = endOf(dialect, columns, conflict);
  const head = `INSERT INTO ${quoted(dialect, table)} (${names.join(', ')}) VALUES `;
  const most = Math.max(1, Math.floor(dialect.maxParameters / columns.length));
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += most) {
    const part = rows.slice(from, from + most);
    const parameters = part.flatMap((row) => columns.map((column) => dialect.bind(row[column] ?? null)));
    const places = part.map(
      (_, row) => `(${columns.map((_, column) => dialect.placeholder(row * columns.length + column + 1)).join(', ')})`,
    );
    statements.push({ sql: `${head}${places.join(', ')}${end}`, parameters });
  }
  return statements;
}

function endOf(dialect: Dialect, columns: readonly string[], conflict: OnConflict): string {
  const quotedAll = (names: readonly string[]) => names.map((name) => quotedColumn(dialect, name));
  if (conflict === 'fail') return '';
  if (conflict === 'ignore') return ` ${dialect.ignore(quotedAll(columns))}`;
  const missing = conflict.update.filter((key) => !columns.includes(key));
  if (missing.length > 0)
    throw invalid(`The rows have no column ${missing.map((key) => `"${key}"`).join(', ')}, which is the key.`);
  const others = columns.filter((column) => !conflict.update.includes(column));
  return ` ${dialect.upsert(quotedAll(conflict.update), quotedAll(others))}`;
}

export function updateStatement(dialect: Dialect, table: string, set: Values, where: Values): Statement {
  const columns = Object.keys(set);
  if (columns.length === 0) throw invalid('"set" was expected to have at least one column.');
  const sets = columns.map((column, at) => `${quotedColumn(dialect, column)} = ${dialect.placeholder(at + 1)}`);
  const condition = conditionOf(dialect, where, columns.length);
  return {
    sql: `UPDATE ${quoted(dialect, table)} SET ${sets.join(', ')} WHERE ${condition.sql}`,
    parameters: [...columns.map((column) => dialect.bind(set[column]!)), ...condition.parameters],
  };
}

export function deleteStatement(dialect: Dialect, table: string, where: Values): Statement {
  const { sql, parameters } = conditionOf(dialect, where, 0);
  return { sql: `DELETE FROM ${quoted(dialect, table)} WHERE ${sql}`, parameters };
}

/** Equal to all of these; null means that there is no value. @param before  parameters that stand in front */
function conditionOf(dialect: Dialect, where: Values, before: number): Statement {
  const entries = Object.entries(where);
  if (entries.length === 0)
    throw invalid('"where" was expected to name at least one column: every row of the table would be meant.');
  const parameters: Json[] = [];
  const sql = entries
    .map(([column, value]) => {
      if (value === null) return `${quotedColumn(dialect, column)} IS NULL`;
      parameters.push(dialect.bind(value));
      return `${quotedColumn(dialect, column)} = ${dialect.placeholder(before + parameters.length)}`;
    })
    .join(' AND ');
  return { sql, parameters };
}

export interface PageOf {
  /** In place of a table. */
  readonly query: Statement;
  readonly key: readonly string[];
  readonly after: readonly Json[] | null;
  readonly size: number;
}

/** Rows behind a key, in its order. */
export function pageStatement(dialect: Dialect, { query, key, after, size }: PageOf): Statement {
  const names = key.map((column) => `page.${quotedColumn(dialect, column)}`);
  const before = query.parameters.length;
  const places = key.map((_, at) => dialect.placeholder(before + at + 1));
  const where = after === null ? '' : ` WHERE ${behind(names, places)}`;
  return {
    sql: `SELECT * FROM (${query.sql}\n) page${where} ORDER BY ${names.join(', ')} LIMIT ${size}`,
    parameters: [...query.parameters, ...(after ?? [])],
  };
}

const behind = (names: readonly string[], places: readonly string[]): string =>
  names.length === 1 ? `${names[0]} > ${places[0]}` : `(${names.join(', ')}) > (${places.join(', ')})`;

/** Whether a row has no key: such rows no page would give. */
export function keylessStatement(dialect: Dialect, { query, key }: Pick<PageOf, 'query' | 'key'>): Statement {
  const missing = key.map((column) => `page.${quotedColumn(dialect, column)} IS NULL`).join(' OR ');
  return {
    sql: `SELECT 1 AS keyless FROM (${query.sql}\n) page WHERE ${missing} LIMIT 1`,
    parameters: query.parameters,
  };
}

export const invalid = (reason: string): Fail => new Fail(reason, { code: 'step.input_invalid', problems: [reason] });
