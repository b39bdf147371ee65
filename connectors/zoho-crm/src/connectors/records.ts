// What is written, and what is queried. Zoho takes and answers lists; here it is one record for each message, with its result.

import {
  AppBatch,
  AppConnector,
  type BatchResult,
  type Context,
  Fail,
  type HttpResponse,
  type Message,
  path,
  schema,
} from '@sluice/sdk';
import { id, module, written } from './table.ts';

const { list, map, object, record, text } = schema;
const fields = { fields: map('Fields by API name, such as {"Last_Name": "Novak"}') };
const trigger = {
  trigger: list(text(), 'What follows: workflow, approval, blueprint; empty for nothing; default: all'),
};

interface Input {
  readonly module: string;
  readonly id: string;
  readonly fields: object;
  readonly trigger?: readonly string[];
  readonly duplicateCheck?: readonly string[];
}

interface Result {
  readonly code: string;
  readonly status: string;
  readonly message?: string;
  readonly details?: object;
}

/** The result of the one record. @throws Fail when Zoho took the request (207 as well), but not the record */
function resultOf(response: HttpResponse): Result {
  const result = response.json<{ data: readonly Result[] }>().data[0];
  if (result?.status === 'success') return result;
  const { code = 'no_result', message = 'nothing is said of it', details = {} } = result ?? {};
  throw new Fail(`Zoho CRM did not take the record: ${code}: ${message} ${JSON.stringify(details)}`, {
    code: `zoho-crm.${code.toLowerCase()}`,
  });
}

const bodyOf = (input: Input, more: object = {}) => ({
  data: [{ ...input.fields, ...more }],
  ...(input.trigger && { trigger: input.trigger }),
  ...(input.duplicateCheck && { duplicate_check_fields: input.duplicateCheck }),
});

export class CreateRecord extends AppConnector {
  readonly name = `${this.application.key}-create-record`;
  override readonly description = 'Make a record';
  override readonly input = object({ ...module, ...fields, ...trigger }, ['module', 'fields']);
  override readonly output = written;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const input = message.json<Input>();
    return resultOf(await api.send(path`/${input.module}`, { json: bodyOf(input) }));
  }
}

export class UpdateRecord extends AppConnector {
  readonly name = `${this.application.key}-update-record`;
  override readonly description = 'Change a record; what is not given stays';
  override readonly input = object({ ...module, ...id, ...fields, ...trigger }, ['module', 'id', 'fields']);
  override readonly output = written;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const input = message.json<Input>();
    return resultOf(await api.send(path`/${input.module}/${input.id}`, { method: 'PUT', json: bodyOf(input) }));
  }
}

export class UpsertRecord extends AppConnector {
  readonly name = `${this.application.key}-upsert-record`;
  override readonly description = 'Change the record that has the same key, or make it when there is none';
  override readonly input = object(
    {
      ...module,
      ...fields,
      ...trigger,
      duplicateCheck: list(text(), 'Fields that are the key; default: those of the module', { minItems: 1 }),
    },
    ['module', 'fields'],
  );
  override readonly output = written;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const input = message.json<Input>();
    return resultOf(await api.send(path`/${input.module}/upsert`, { json: bodyOf(input) }));
  }
}

export class DeleteRecord extends AppConnector {
  readonly name = `${this.application.key}-delete-record`;
  override readonly description = 'Put a record into the recycle bin';
  override readonly input = object({ ...module, ...id }, ['module', 'id']);
  override readonly output = written;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const input = message.json<Input>();
    return resultOf(await api.send(path`/${input.module}/${input.id}`, { method: 'DELETE' }));
  }
}

const PER_PAGE = 2_000;

interface Found {
  readonly data: readonly unknown[];
  readonly info: { readonly more_records: boolean };
}

export class QueryRecords extends AppBatch {
  readonly name = `${this.application.key}-query-records`;
  override readonly description = 'Records by a query in COQL, one message each; Zoho gives the first 100 000';
  override readonly input = object(
    {
      query: text(
        "Without limit, such as select Last_Name from Leads where Modified_Time > '2026-01-31T00:00:00+00:00'",
        { minLength: 1 },
      ),
    },
    ['query'],
  );
  override readonly output = record({ id: text() });

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { query } = message.json<{ query: string }>();
    const from = Number(cursor ?? 0);
    const response = await api.send('/coql', { json: { select_query: `${query} limit ${from}, ${PER_PAGE}` } });
    // Zoho says "none" by 204.
    if (response.status === 204) return { items: [] };
    const { data, info } = response.json<Found>();
    return { items: data, ...(info.more_records && { cursor: String(from + PER_PAGE) }) };
  }
}
