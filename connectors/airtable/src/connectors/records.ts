// What Airtable answers: the fields that processes usually need. All others are there as well.

import { schema } from '@sluice/sdk';

export interface AirtableRecord {
  readonly id: string;
  /** ISO time. */
  readonly createdTime: string;
  /** By name; empty ones are left out. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Comment {
  readonly id: string;
  readonly text: string;
  readonly createdTime: string;
  readonly author: { readonly id: string; readonly name?: string };
}

export interface Base {
  readonly id: string;
  readonly name: string;
  readonly permissionLevel: string;
}

/** What happened in a base, by table and record. */
export interface WebhookPayload {
  readonly timestamp: string;
  readonly baseTransactionNumber: number;
  readonly changedTablesById?: Readonly<Record<string, unknown>>;
}

const { flag, integer, list, map, record, text } = schema;

export const recordOutput = record({ id: text(), createdTime: text(), fields: map() });
export const upsertedOutput = record({
  records: list(recordOutput),
  createdRecords: list(text()),
  updatedRecords: list(text()),
});
export const deletedOutput = record({ id: text(), deleted: flag() });
export const commentOutput = record({ id: text(), text: text(), createdTime: text(), author: map() });
export const baseOutput = record({ id: text(), name: text(), permissionLevel: text() });
export const tablesOutput = record({ tables: list(record({ id: text(), name: text(), fields: list(map()) })) });
export const payloadOutput = record({ timestamp: text(), baseTransactionNumber: integer(), from: integer() });

export const recordField = text('Id of the record, such as recAbc', { minLength: 1 });
export const valuesField = map('Fields by name or id');
export const typecastField = flag('Make values of texts, such as new choices of a select; default: false');
