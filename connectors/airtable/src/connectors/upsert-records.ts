import { AppConnector, type Context, type Json, type Message, pick, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { type AirtableRecord, typecastField, upsertedOutput, valuesField } from './records.ts';

interface Input extends Place {
  readonly records: readonly Readonly<Record<string, Json>>[];
  readonly mergeOn: readonly string[];
}

interface Upserted {
  readonly records: readonly AirtableRecord[];
  readonly createdRecords: readonly string[];
  readonly updatedRecords: readonly string[];
}

/** Safe to do again: the second time the records are there. */
export class UpsertRecords extends AppConnector {
  readonly name = `${this.application.key}-upsert-records`;
  override readonly description =
    'Change the records that are the same in some fields, and add those that are not there';
  override readonly input = schema.object(
    {
      ...tableFields,
      records: schema.list(valuesField, 'Records, each its fields by name or id', { minItems: 1, maxItems: 10 }),
      mergeOn: schema.list(schema.text(), 'Fields that tell which record it is', { minItems: 1, maxItems: 3 }),
      typecast: typecastField,
    },
    ['records', 'mergeOn'],
  );
  override readonly output = upsertedOutput;

  async process(message: Message, context: Context): Promise<Upserted> {
    const { records, mergeOn, ...input } = message.json<Input>();
    const json = {
      performUpsert: { fieldsToMergeOn: mergeOn },
      records: records.map((fields) => ({ fields })),
      ...pick(input, ['typecast']),
    };
    return (await context.api.send(await tablePath(input, context), { method: 'PATCH', json })).json();
  }
}
