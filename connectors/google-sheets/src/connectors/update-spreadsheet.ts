import { AppConnector, type Context, type Json, type Message, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import { repliesOutput, spreadsheetField } from './records.ts';

interface Input {
  readonly spreadsheet?: string;
  readonly requests: readonly Json[];
}

interface Updated {
  readonly spreadsheetId: string;
  readonly replies: readonly unknown[];
}

export class UpdateSpreadsheet extends AppConnector {
  readonly name = `${this.application.key}-update-spreadsheet`;
  override readonly description = 'Change a spreadsheet by requests such as addSheet or repeatCell, all or none';
  override readonly input = schema.object(
    {
      spreadsheet: spreadsheetField,
      requests: schema.list(
        schema.map(undefined, { minProperties: 1, maxProperties: 1 }),
        'Requests in order, each an object with one member, such as {"addSheet": {"properties": {"title": "May"}}}',
        { minItems: 1 },
      ),
    },
    ['requests'],
  );
  override readonly output = repliesOutput;

  async process(message: Message, context: Context): Promise<Updated> {
    const { spreadsheet, requests } = message.json<Input>();
    const at = `${await spreadsheetPath(spreadsheet, context)}:batchUpdate`;
    return (await context.api.send(at, { json: { requests } })).json();
  }
}
