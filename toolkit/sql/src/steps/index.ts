import type { AnyStep } from '@sluice/sdk';
import type { SqlApplication } from '../client.ts';
import { DeleteRows, ExecuteStatement, InsertRows, RunTransaction, UpdateRows, UpsertRows } from './changes.ts';
import { ListRows } from './list-rows.ts';
import { RunQuery } from './run-query.ts';

/** All steps, of one database. */
export const sqlSteps = (application: SqlApplication): readonly AnyStep[] => [
  new RunQuery(application),
  new ListRows(application),
  new ExecuteStatement(application),
  new InsertRows(application),
  new UpsertRows(application),
  new UpdateRows(application),
  new DeleteRows(application),
  new RunTransaction(application),
];
