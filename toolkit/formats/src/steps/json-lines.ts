import { Batch, type BatchResult, type Context, CustomNode, Fail, type Message, schema } from '@sluice/sdk';
import {
  bounded,
  given,
  invalid,
  maxRowsField,
  rowsOutput,
  type TextInput,
  textFields,
  textOf,
  textOutput,
} from './content.ts';

/** @param first  number of the first line, for the reason */
function valuesOf(lines: readonly string[], first: number): unknown[] {
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (cause) {
      throw invalid('JSON lines', `line ${first + at}: ${(cause as Error).message.slice(0, 300)}`, cause);
    }
  });
}

export class ParseJsonLines extends CustomNode {
  readonly name = 'parse-json-lines';
  override readonly description = 'Values of JSON lines, all of them in one message';
  override readonly input = schema.object({ ...textFields, maxRows: maxRowsField }, ['content']);
  override readonly output = rowsOutput;

  process(message: Message) {
    const input = message.json<TextInput & { maxRows?: number }>();
    return bounded(valuesOf(textOf(input).split('\n'), 1), input.maxRows);
  }
}

export class SplitJsonLines extends Batch {
  readonly name = 'split-json-lines';
  override readonly description = 'Values of JSON lines, one message each, page by page';
  override readonly input = schema.object(
    { ...textFields, pageSize: schema.integer('Lines of a page; default 500', { minimum: 1, maximum: 10_000 }) },
    ['content'],
  );
  override readonly output = {};

  process(message: Message, { cursor }: Context): BatchResult {
    const input = message.json<TextInput & { pageSize?: number }>();
    const { pageSize = 500 } = input;
    const from = cursor === null ? 0 : Number(cursor);
    if (!Number.isSafeInteger(from) || from < 0) throw new Fail('The cursor was expected to be a number of a line.');
    const lines = textOf(input).split('\n');
    const items = valuesOf(lines.slice(from, from + pageSize), from + 1);
    return from + pageSize < lines.length ? { items, cursor: String(from + pageSize) } : { items };
  }
}

export class FormatJsonLines extends CustomNode {
  readonly name = 'format-json-lines';
  override readonly description = 'Write values as JSON lines';
  override readonly input = schema.object({ rows: schema.list({}, 'Values, one line each') }, ['rows']);
  override readonly output = textOutput;

  process(message: Message) {
    const { rows } = message.json<{ rows: unknown[] }>();
    return given(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), 'application/x-ndjson');
  }
}
