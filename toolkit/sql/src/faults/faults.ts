// What a database refuses, by name, so that error paths of a process can take it: `sql.unique_violation`.

import { Fail, Redeliver, type Verdict } from '@sluice/sdk';

export type SqlFault =
  | 'unique_violation'
  | 'foreign_key_violation'
  | 'not_null_violation'
  | 'check_violation'
  | 'value_invalid'
  | 'syntax_error'
  | 'unknown_table'
  | 'unknown_column'
  | 'permission_denied'
  | 'login_refused'
  | 'unknown_database'
  | 'refused'
  /** A deadlock, a lock, too many connections, a shutdown: another attempt may go well. */
  | 'passing';

const HINTS: Partial<Record<SqlFault, string>> = {
  unique_violation: 'A row with this key is there already; upsert-rows would change it.',
  login_refused: 'Check user and password of the install.',
  unknown_database: 'Check the database of the install.',
  permission_denied: 'The user of the install may not do this.',
};

export function faultOf(who: string, fault: SqlFault, message: string, cause: unknown): Verdict {
  const said = message.replace(/\s+/g, ' ').slice(0, 1_000);
  if (fault === 'passing') return new Redeliver(`${who}: ${said}`, { cause });
  const hint = HINTS[fault];
  return new Fail(`${who} refused: ${said}${hint ? `. ${hint}` : ''}`, { code: `sql.${fault}`, cause });
}
