// Error numbers of MySQL and MariaDB.

import { Fail, Redeliver, type Verdict } from '@sluice/sdk';
import { faultOf, type SqlFault } from '@sluice/toolkit-sql';

const NUMBERS: Readonly<Record<SqlFault, readonly number[]>> = {
  unique_violation: [1062, 1169, 1586],
  foreign_key_violation: [1216, 1217, 1451, 1452],
  not_null_violation: [1048, 1364],
  check_violation: [3819, 4025],
  value_invalid: [1264, 1265, 1292, 1366, 1406, 1411],
  syntax_error: [1064, 1065, 1149],
  unknown_table: [1146, 1051],
  unknown_column: [1054],
  permission_denied: [1044, 1142, 1143, 1227, 1370],
  login_refused: [1045, 1251, 1698],
  unknown_database: [1049],
  refused: [],
  // Locks, too many connections, shutdown, read-only after a failover, statements that took too long.
  passing: [1040, 1053, 1129, 1203, 1205, 1213, 1226, 1290, 1317, 1836, 1927, 1969, 3024, 3572, 4031],
};
const BY_NUMBER = new Map(
  Object.entries(NUMBERS).flatMap(([fault, numbers]) => numbers.map((number) => [number, fault as SqlFault] as const)),
);

/** Null when the server did not say it. */
export function verdictOf(who: string, error: unknown): Verdict | null {
  const {
    errno,
    sqlState,
    code = '',
    message,
    fatal,
  } = error as {
    errno?: number;
    sqlState?: string;
    code?: string;
    message: string;
    fatal?: boolean;
  };
  if (sqlState !== undefined && errno !== undefined)
    return faultOf(who, BY_NUMBER.get(errno) ?? 'refused', message, error);
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return new Fail(`${who}: the server offers no TLS, and the install wants it.`, {
      code: 'connection.no_tls',
      cause: error,
    });
  if (/^PROTOCOL_|HANDSHAKE/.test(code) || fatal === true || /closed state|pool is closed/i.test(message))
    return new Redeliver(`${who}: ${message}`, { cause: error });
  return null;
}
