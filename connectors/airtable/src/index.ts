// Airtable, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Airtable, AirtableToken } from './application/airtable.ts';
import { AddComment } from './connectors/add-comment.ts';
import { CreateRecord } from './connectors/create-record.ts';
import { DeleteRecord } from './connectors/delete-record.ts';
import { GetRecord } from './connectors/get-record.ts';
import { ListBases } from './connectors/list-bases.ts';
import { ListComments } from './connectors/list-comments.ts';
import { ListRecords } from './connectors/list-records.ts';
import { ListTables } from './connectors/list-tables.ts';
import { ListWebhookPayloads } from './connectors/list-webhook-payloads.ts';
import { ReplaceRecord } from './connectors/replace-record.ts';
import { UpdateRecord } from './connectors/update-record.ts';
import { UpsertRecords } from './connectors/upsert-records.ts';

export { Airtable, AirtableToken } from './application/airtable.ts';
export type { AirtableRecord, Base, Comment, WebhookPayload } from './connectors/records.ts';

/** By OAuth, and by a personal access token. */
export const applications: readonly Application[] = [new Airtable(), new AirtableToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ListRecords(application),
  new GetRecord(application),
  new CreateRecord(application),
  new UpdateRecord(application),
  new ReplaceRecord(application),
  new UpsertRecords(application),
  new DeleteRecord(application),
  new ListComments(application),
  new AddComment(application),
  new ListBases(application),
  new ListTables(application),
  new ListWebhookPayloads(application),
]);
