// Steps that change rows. Each is one transaction: all rows or none.

import type { Context, Json, Message } from '@sluice/sdk';
import type { Row } from '../client.ts';
import { deleteStatement, insertStatements, updateStatement } from '../statements/statements.ts';
import {
  type Changed,
  changedOutput,
  list,
  map,
  object,
  onceField,
  rowsField,
  rowsOutput,
  SqlConnector,
  type SqlInput,
  schemaOfStatement,
  sqlFields,
  statementOf,
  tableField,
  text,
} from './step.ts';

type Values = Readonly<Record<string, Json>>;

interface Rows {
  readonly table: string;
  readonly rows: readonly Row[];
  readonly once?: boolean;
}

const changed = ({ count, repeated }: Changed) => ({ count, repeated });
const keyField = list(text('Name of a column'), 'Columns of the key that tells rows apart', {
  minItems: 1,
  maxItems: 16,
});

export class ExecuteStatement extends SqlConnector {
  readonly name = `${this.application.key}-execute-statement`;
  override readonly description = 'One statement that changes something; with RETURNING, its rows as well';
  override readonly input = object({ ...sqlFields, once: onceField }, ['sql']);
  override readonly output = {
    ...changedOutput,
    properties: { ...(changedOutput.properties as object), rows: list(map()) },
  };

  async process(message: Message, context: Context) {
    const input = message.json<SqlInput & { once?: boolean }>();
    const done = await this.change(message, context, { statements: [statementOf(input)], isOnce: input.once });
    return { ...changed(done), rows: done.results[0]?.rows ?? [] };
  }
}

export class InsertRows extends SqlConnector {
  readonly name = `${this.application.key}-insert-rows`;
  override readonly description =
    'Put rows into a table, all or none; rows that are there already are a failure, or stay as they are';
  override readonly input = object(
    {
      table: tableField,
      rows: rowsField,
      onConflict: { ...text('What a row means that is there already; default: fail'), enum: ['fail', 'ignore'] },
      once: onceField,
    },
    ['table', 'rows'],
  );
  override readonly output = changedOutput;

  async process(message: Message, context: Context) {
    const { table, rows, onConflict = 'fail', once } = message.json<Rows & { onConflict?: 'fail' | 'ignore' }>();
    const statements = insertStatements(this.dialect, table, rows, onConflict);
    return changed(await this.change(message, context, { statements, isOnce: once }));
  }
}

export class UpsertRows extends SqlConnector {
  readonly name = `${this.application.key}-upsert-rows`;
  override readonly description =
    'Put rows into a table, or change those that are there; the same again changes nothing more';
  override readonly input = object({ table: tableField, rows: rowsField, key: keyField }, ['table', 'rows', 'key']);
  override readonly output = changedOutput;

  async process(message: Message, context: Context) {
    const { table, rows, key } = message.json<Rows & { key: string[] }>();
    const statements = insertStatements(this.dialect, table, rows, { update: key });
    await this.change(message, context, { statements });
    // Databases count changed rows each in a way of its own.
    return { count: rows.length, repeated: false };
  }
}

export class UpdateRows extends SqlConnector {
  readonly name = `${this.application.key}-update-rows`;
  override readonly description = 'Set columns of the rows whose values are equal to these';
  override readonly input = object(
    {
      table: tableField,
      set: map('New values by column'),
      where: map('Values by column; null: no value. At least one'),
    },
    ['table', 'set', 'where'],
  );
  override readonly output = changedOutput;

  async process(message: Message, context: Context) {
    const { table, set, where } = message.json<{ table: string; set: Values; where: Values }>();
    const statements = [updateStatement(this.dialect, table, set, where)];
    return changed(await this.change(message, context, { statements }));
  }
}

export class DeleteRows extends SqlConnector {
  readonly name = `${this.application.key}-delete-rows`;
  override readonly description = 'Delete the rows whose values are equal to these';
  override readonly input = object(
    { table: tableField, where: map('Values by column; null: no value. At least one') },
    ['table', 'where'],
  );
  override readonly output = changedOutput;

  async process(message: Message, context: Context) {
    const { table, where } = message.json<{ table: string; where: Values }>();
    return changed(await this.change(message, context, { statements: [deleteStatement(this.dialect, table, where)] }));
  }
}

export class RunTransaction extends SqlConnector {
  readonly name = `${this.application.key}-run-transaction`;
  override readonly description = 'Statements one after the other, all of them or none';
  override readonly input = object(
    {
      statements: list(schemaOfStatement, 'Statements in their order', { minItems: 1, maxItems: 1_000 }),
      once: onceField,
    },
    ['statements'],
  );
  override readonly output = {
    ...changedOutput,
    properties: { ...(changedOutput.properties as object), results: list(rowsOutput) },
  };

  async process(message: Message, context: Context) {
    const { statements, once } = message.json<{ statements: SqlInput[]; once?: boolean }>();
    const done = await this.change(message, context, { statements: statements.map(statementOf), isOnce: once });
    return { ...changed(done), results: done.results };
  }
}
