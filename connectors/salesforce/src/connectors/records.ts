// What is asked with fields of the organisation: they stand in a member of their own, and only they are sent.

import { AppBatch, AppConnector, type BatchResult, type Context, type Message, path, schema } from '@sluice/sdk';
import { API_VERSION } from '../application/salesforce.ts';
import { id, made, named } from './table.ts';

const { flag, map, object, record, text } = schema;
const fields = { fields: map('Fields by name, such as {"Name": "Acme"}') };

interface Input {
  readonly object: string;
  readonly id: string;
  readonly fields: object;
}

export class CreateRecord extends AppConnector {
  readonly name = `${this.application.key}-create-record`;
  override readonly description = 'Make a record';
  override readonly input = object({ ...named, ...fields }, ['object', 'fields']);
  override readonly output = made;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { object: of, fields: json } = message.json<Input>();
    return (await api.send(path`/sobjects/${of}`, { json })).json();
  }
}

export class UpdateRecord extends AppConnector {
  readonly name = `${this.application.key}-update-record`;
  override readonly description = 'Change a record; what is not given stays';
  override readonly input = object({ ...named, ...id, ...fields }, ['object', 'id', 'fields']);
  override readonly output = record({ id: text(), updated: flag() });

  async process(message: Message, { api }: Context) {
    const { object: of, id: which, fields: json } = message.json<Input>();
    await api.send(path`/sobjects/${of}/${which}`, { method: 'PATCH', json });
    return { id: which, updated: true };
  }
}

export class UpsertRecord extends AppConnector {
  readonly name = `${this.application.key}-upsert-record`;
  override readonly description = 'Change the record with a key of your own, or make it when there is none';
  override readonly input = object(
    {
      ...named,
      externalField: text('Field with the key, such as ERP_Id__c', { pattern: '^\\w+$' }),
      externalId: text('The key', { minLength: 1 }),
      ...fields,
    },
    ['object', 'externalField', 'externalId', 'fields'],
  );
  override readonly output = record({ id: text(), success: flag(), created: flag() });

  async process(message: Message, { api }: Context): Promise<unknown> {
    const input = message.json<Input & { externalField: string; externalId: string }>();
    const at = path`/sobjects/${input.object}/${input.externalField}/${input.externalId}`;
    return (await api.send(at, { method: 'PATCH', json: input.fields })).json();
  }
}

interface Found {
  readonly records: readonly unknown[];
  readonly nextRecordsUrl?: string;
}

/** The rest of an answer has an address with a locator, of which that alone is kept. */
export class QueryRecords extends AppBatch {
  readonly name = `${this.application.key}-query-records`;
  override readonly description = 'Records by a query in SOQL, one message each';
  override readonly input = object(
    {
      query: text('Such as SELECT Id, Name FROM Account WHERE LastModifiedDate > 2026-01-31T00:00:00Z', {
        minLength: 1,
      }),
    },
    ['query'],
  );
  override readonly output = record({ attributes: map() });

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { query: q } = message.json<{ query: string }>();
    const response = await (cursor === null ? api.send('/query', { query: { q } }) : api.send(path`/query/${cursor}`));
    const { records, nextRecordsUrl: next } = response.json<Found>();
    const locator = next?.startsWith(`/services/data/${API_VERSION}/query/`) ? next.split('/').at(-1) : undefined;
    return { items: records, ...(locator && { cursor: locator }) };
  }
}
