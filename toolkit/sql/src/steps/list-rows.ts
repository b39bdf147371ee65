// Rows page by page, in the order of a key: each page begins behind the last key of the one before, so it costs the same
// however far it is, and rows that come or go meanwhile move no other.

import { Batch, type BatchResult, type Context, Fail, type Json, type Message } from '@sluice/sdk';
import type { Row, SqlApplication } from '../client.ts';
import { quoted, quotedColumn } from '../dialect.ts';
import { invalid, keylessStatement, pageStatement } from '../statements/statements.ts';
import { integer, list, map, object, type SqlInput, sqlFields, statementOf, tableField, text } from './step.ts';

interface Input extends Partial<SqlInput> {
  readonly table?: string;
  readonly columns?: readonly string[];
  readonly key: readonly string[];
  readonly pageSize?: number;
}

const PAGE_SIZE = 500;

export class ListRows extends Batch {
  override readonly application: SqlApplication;
  readonly name: string;
  override readonly description = 'Rows of a table or query, one message each, page by page in the order of a key';
  override readonly input = object(
    {
      table: tableField,
      columns: list(text('Name of a column'), 'Columns of the table; default: all', { minItems: 1, maxItems: 1_000 }),
      sql: { ...sqlFields.sql, description: 'A query instead of a table; without ORDER BY and LIMIT' },
      parameters: sqlFields.parameters,
      key: list(text('Name of a column'), 'Columns that tell every row from the others, such as ["id"]', {
        minItems: 1,
        maxItems: 8,
      }),
      pageSize: integer(`Rows of a page; default ${PAGE_SIZE}`, { minimum: 1, maximum: 10_000 }),
    },
    ['key'],
  );
  override readonly output = map();

  constructor(application: SqlApplication) {
    super();
    this.application = application;
    this.name = `${application.key}-list-rows`;
  }

  process(message: Message, context: Context): Promise<BatchResult> {
    const input = message.json<Input>();
    const { key, pageSize: size = PAGE_SIZE } = input;
    const query = statementOf(this.#queryOf(input));
    const { dialect } = this.application;
    const after = context.cursor === null ? null : keysIn(context.cursor, key.length);
    return this.application.use(context, async (client, install) => {
      const options = { maxRows: size, timeoutMs: this.application.timeoutOf(install) };
      if (after === null) {
        const { rows } = await client.run(keylessStatement(dialect, { query, key }), options);
        if (rows.length > 0)
          throw new Fail(
            `Rows without a value in the key (${key.join(', ')}) would be on no page. Choose another key.`,
            {
              code: 'sql.key_is_null',
            },
          );
      }
      const { rows } = await client.run(pageStatement(dialect, { query, key, after, size }), options);
      const last = rows.at(-1);
      return last && rows.length === size ? { items: rows, cursor: cursorOf(last, key) } : { items: rows };
    });
  }

  #queryOf({ table, columns, sql, parameters = [] }: Input): SqlInput {
    if ((table === undefined) === (sql === undefined)) throw invalid('Either "table" or "sql" was expected.');
    if (sql !== undefined) return { sql, parameters };
    const { dialect } = this.application;
    const names = columns?.map((column) => quotedColumn(dialect, column)).join(', ') ?? '*';
    return { sql: `SELECT ${names} FROM ${quoted(dialect, table!)}` };
  }
}

function cursorOf(row: Row, key: readonly string[]): string {
  const missing = key.filter((column) => !Object.hasOwn(row, column));
  if (missing.length > 0)
    throw invalid(`The rows have no column ${missing.map((one) => `"${one}"`).join(', ')}, which is the key.`);
  return JSON.stringify(key.map((column) => row[column]));
}

function keysIn(cursor: string, length: number): readonly Json[] {
  try {
    const keys = JSON.parse(cursor) as Json;
    if (Array.isArray(keys) && keys.length === length) return keys;
  } catch {
    // Said below.
  }
  throw new Fail(`The cursor was expected to be ${length} values of a key, got "${cursor.slice(0, 200)}".`);
}
