// SQLSTATE, as PostgreSQL says it: https://www.postgresql.org/docs/current/errcodes-appendix.html

import { Fail, type Verdict } from '@sluice/sdk';
import { faultOf, type SqlFault } from '@sluice/toolkit-sql';

const BY_STATE: Readonly<Record<string, SqlFault>> = {
  '23505': 'unique_violation',
  '23503': 'foreign_key_violation',
  '23502': 'not_null_violation',
  '23514': 'check_violation',
  '23P01': 'unique_violation',
  '42P01': 'unknown_table',
  '3F000': 'unknown_table',
  '42703': 'unknown_column',
  '42501': 'permission_denied',
  '3D000': 'unknown_database',
  // A standby, after a failover.
  '25006': 'passing',
  '55P03': 'passing',
};
const BY_CLASS: Readonly<Record<string, SqlFault>> = {
  '08': 'passing',
  '40': 'passing',
  '53': 'passing',
  '57': 'passing',
  '58': 'passing',
  '22': 'value_invalid',
  '23': 'check_violation',
  '28': 'login_refused',
  '42': 'syntax_error',
};

/** Null when the server did not say it. */
export function verdictOf(who: string, error: unknown): Verdict | null {
  const { code, message, detail, severity } = error as {
    code?: string;
    message: string;
    detail?: string;
    severity?: string;
  };
  if (severity === undefined || code === undefined || !/^[0-9A-Z]{5}$/.test(code)) return lost(who, error);
  const fault = BY_STATE[code] ?? BY_CLASS[code.slice(0, 2)] ?? 'refused';
  return faultOf(who, fault, detail === undefined ? message : `${message} (${detail})`, error);
}

/** What the driver says without a code. */
function lost(who: string, error: unknown): Verdict | null {
  const { message } = error as Error;
  if (/does not support SSL/i.test(message))
    return new Fail(`${who}: the server offers no TLS, and the install wants it.`, {
      code: 'connection.no_tls',
      cause: error,
    });
  return /connection terminated|timeout exceeded when trying to connect|connection ended|server closed|not queryable/i.test(
    message,
  )
    ? faultOf(who, 'passing', message, error)
    : null;
}
