import { AppBatch, type Context, type Message, pick, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { type AirtableRecord, recordOutput } from './records.ts';
import { onward } from './step.ts';

const OPTIONS = ['view', 'filterByFormula', 'fields', 'sort', 'maxRecords', 'returnFieldsByFieldId'];

/** By POST, which takes formulas of any length. */
export class ListRecords extends AppBatch {
  readonly name = `${this.application.key}-list-records`;
  override readonly description = 'Records of a table, one message each';
  override readonly input = schema.object({
    ...tableFields,
    view: schema.text('Name or id of a view: only its records, in its order'),
    filterByFormula: schema.text('Only records for which this formula is true, such as {Done} = 1'),
    fields: schema.list(schema.text(), 'Names or ids of the fields to give; default: all'),
    sort: schema.list(
      schema.object({ field: schema.text(), direction: schema.choice(['asc', 'desc']) }, ['field']),
      'Order, the first field first',
    ),
    maxRecords: schema.integer('At most so many, of all pages', { minimum: 1 }),
    returnFieldsByFieldId: schema.flag('Name fields by their id; default: false, by name'),
  });
  override readonly output = recordOutput;

  async process(message: Message, context: Context) {
    const input = message.json<Place>();
    const { api, cursor } = context;
    const json = { ...pick(input, OPTIONS), pageSize: 100, ...(cursor === null ? {} : { offset: cursor }) };
    const response = await api.send(`${await tablePath(input, context)}/listRecords`, { json });
    const { records, offset } = response.json<{ records: AirtableRecord[]; offset?: string }>();
    return { items: records, ...onward(offset) };
  }
}
