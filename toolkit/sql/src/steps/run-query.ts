import type { Context, Message } from '@sluice/sdk';
import {
  bounded,
  maxRowsField,
  object,
  rowsOutput,
  SqlConnector,
  type SqlInput,
  sqlFields,
  statementOf,
} from './step.ts';

export class RunQuery extends SqlConnector {
  readonly name = `${this.application.key}-run-query`;
  override readonly description = 'Rows of a query, all of them in one message';
  override readonly input = object({ ...sqlFields, maxRows: maxRowsField }, ['sql']);
  override readonly output = rowsOutput;

  process(message: Message, context: Context) {
    const input = message.json<SqlInput & { maxRows?: number }>();
    return this.use(context, async (client, options) => {
      const { maxRows = options.maxRows } = input;
      return bounded(await client.run(statementOf(input), { ...options, maxRows }), maxRows);
    });
  }
}
