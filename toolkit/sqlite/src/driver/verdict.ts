// Result codes of SQLite: https://sqlite.org/rescode.html

import type { Verdict } from '@sluice/sdk';
import { faultOf, type SqlFault } from '@sluice/toolkit-sql';

const BY_EXTENDED: Readonly<Record<number, SqlFault>> = {
  787: 'foreign_key_violation',
  275: 'check_violation',
  1299: 'not_null_violation',
  1555: 'unique_violation',
  2067: 'unique_violation',
  2579: 'unique_violation',
  3091: 'value_invalid',
};
const BY_PRIMARY: Readonly<Record<number, SqlFault>> = {
  3: 'permission_denied',
  5: 'passing',
  6: 'passing',
  8: 'permission_denied',
  14: 'unknown_database',
  19: 'check_violation',
  20: 'value_invalid',
  23: 'permission_denied',
  26: 'unknown_database',
};

/** Null when SQLite did not say it. */
export function verdictOf(who: string, error: unknown): Verdict | null {
  const { errcode, sqliteExtendedCode, message } = error as {
    errcode?: number;
    sqliteExtendedCode?: number;
    message: string;
  };
  const code = sqliteExtendedCode ?? errcode;
  if (code === undefined || typeof message !== 'string') return null;
  const words: readonly [RegExp, SqlFault][] = [
    [/no such table/i, 'unknown_table'],
    [/no such column|has no column/i, 'unknown_column'],
    [/syntax error|incomplete input|unrecognized token/i, 'syntax_error'],
  ];
  const fault =
    BY_EXTENDED[code] ?? BY_PRIMARY[code & 0xff] ?? words.find(([says]) => says.test(message))?.[1] ?? 'refused';
  return faultOf(who, fault, message, error);
}
