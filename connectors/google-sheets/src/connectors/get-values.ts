import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import {
  DEFAULT_RENDER,
  rangeField,
  renderField,
  spreadsheetField,
  type ValueRange,
  valueRangeOutput,
} from './records.ts';

interface Input {
  readonly spreadsheet?: string;
  readonly range: string;
  readonly render?: string;
}

export class GetValues extends AppConnector {
  readonly name = `${this.application.key}-get-values`;
  override readonly description = 'Values of one range';
  override readonly input = schema.object({ spreadsheet: spreadsheetField, range: rangeField, render: renderField }, [
    'range',
  ]);
  override readonly output = valueRangeOutput;

  async process(message: Message, context: Context): Promise<ValueRange> {
    const { spreadsheet, range, render = DEFAULT_RENDER } = message.json<Input>();
    const at = (await spreadsheetPath(spreadsheet, context)) + path`/values/${range}`;
    return (await context.api.send(at, { query: { valueRenderOption: render } })).json();
  }
}
