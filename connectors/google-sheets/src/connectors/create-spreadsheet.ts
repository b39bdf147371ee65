import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { type Spreadsheet, spreadsheetOutput } from './records.ts';

interface Input {
  readonly title: string;
  readonly sheets?: readonly string[];
}

export class CreateSpreadsheet extends AppConnector {
  readonly name = `${this.application.key}-create-spreadsheet`;
  override readonly description = 'Make a spreadsheet, in the drive of whoever is connected';
  override readonly input = schema.object(
    {
      title: schema.text('Title', { minLength: 1 }),
      locale: schema.text('Language and region for dates and numbers, such as cs_CZ'),
      timeZone: schema.text('Time zone, such as Europe/Prague'),
      sheets: schema.list(
        schema.text(undefined, { minLength: 1 }),
        'Titles of its sheets; default: one, named by Google',
      ),
    },
    ['title'],
  );
  override readonly output = spreadsheetOutput;

  async process(message: Message, { api }: Context): Promise<Spreadsheet> {
    const { sheets, ...given } = message.json<Input>();
    const json = {
      properties: pick(given, ['title', 'locale', 'timeZone']),
      ...(sheets && { sheets: sheets.map((title) => ({ properties: { title } })) }),
    };
    return (await api.send('/v4/spreadsheets', { json })).json();
  }
}
