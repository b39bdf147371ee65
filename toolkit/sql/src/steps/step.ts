// What all steps of a database have in common.

import { Connector, type Context, Fail, type Message, schema } from '@sluice/sdk';
import type { SqlApplication, SqlClient, SqlResult, Statement, StatementOptions } from '../client.ts';
import type { Dialect } from '../dialect.ts';
import { once } from '../statements/once.ts';

/** Of a step that gives rows in one message. */
export const MAX_ROWS = 10_000;
const MAX_ROWS_DEFAULT = 1_000;

const { flag, integer, list, map, object, record, text } = schema;

export const sqlFields = {
  sql: text('One statement; values stand in it as placeholders, $1 in PostgreSQL, ? elsewhere', {
    minLength: 1,
    maxLength: 100_000,
  }),
  parameters: list({}, 'Values of the placeholders, in their order', { maxItems: 10_000 }),
};
export const tableField = text('Name of the table, or schema.table', { minLength: 1, maxLength: 400 });
export const rowsField = list(map('Values by column'), 'Rows', { minItems: 1, maxItems: MAX_ROWS });
export const onceField = flag(
  'Not again when the message is repeated: its key is kept in the table "sluice_done", in the same transaction',
);
export const maxRowsField = integer(`More rows are a failure, not a part of the answer; default ${MAX_ROWS_DEFAULT}`, {
  minimum: 1,
  maximum: MAX_ROWS,
});
export const rowsOutput = record({ rows: list(map()), count: integer() });
export const changedOutput = record({ count: integer('Rows that were changed'), repeated: flag('It was done before') });

export interface SqlInput {
  readonly sql: string;
  readonly parameters?: Statement['parameters'];
}

export const schemaOfStatement = object(sqlFields, ['sql']);

export const statementOf = ({ sql, parameters = [] }: SqlInput): Statement => ({ sql, parameters });

export interface Changed {
  readonly count: number;
  readonly repeated: boolean;
  readonly results: readonly SqlResult[];
}

export abstract class SqlConnector extends Connector {
  override readonly application: SqlApplication;

  constructor(application: SqlApplication) {
    super();
    this.application = application;
  }

  protected get dialect(): Dialect {
    return this.application.dialect;
  }

  protected use<R>(context: Context, work: (client: SqlClient, options: StatementOptions) => Promise<R>): Promise<R> {
    return this.application.use(context, (client, install) =>
      work(client, { maxRows: MAX_ROWS_DEFAULT, timeoutMs: this.application.timeoutOf(install) }),
    );
  }

  /** All statements or none of them. */
  protected change(
    message: Message,
    context: Context,
    { statements, isOnce = false }: { statements: readonly Statement[]; isOnce?: boolean | undefined },
  ): Promise<Changed> {
    return this.use(context, async (client, options) => {
      const [only] = statements;
      const all = async (run: SqlClient['run']): Promise<SqlResult[]> => {
        const results: SqlResult[] = [];
        for (const statement of statements) results.push(bounded(await run(statement, options), options.maxRows));
        return results;
      };
      const results = isOnce
        ? await once({ client, dialect: this.dialect, key: message.idempotencyKey, options }, all)
        : statements.length === 1 && only
          ? await all(client.run.bind(client))
          : await client.transaction(all);
      const count = (results ?? []).reduce((sum, one) => sum + one.count, 0);
      return { count, repeated: results === null, results: results ?? [] };
    });
  }
}

/** @throws Fail `sql.too_many_rows`: a part would look like the whole */
export function bounded(result: SqlResult, maxRows: number): SqlResult {
  if (result.rows.length <= maxRows) return result;
  throw new Fail(
    `The statement gives more than ${maxRows} rows. Read them page by page with list-rows, or raise maxRows.`,
    {
      code: 'sql.too_many_rows',
    },
  );
}

export { flag, integer, list, map, object, record, text };
